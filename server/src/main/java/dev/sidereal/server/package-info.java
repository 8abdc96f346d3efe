/** The engine over HTTP: REST, the live page, safe defaults. */
@NullMarked
package dev.sidereal.server;

import org.jspecify.annotations.NullMarked;
