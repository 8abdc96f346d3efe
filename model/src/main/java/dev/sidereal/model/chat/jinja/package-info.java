/** The part of the Jinja language that chat templates are written in. */
@NullMarked
package dev.sidereal.model.chat.jinja;

import org.jspecify.annotations.NullMarked;
