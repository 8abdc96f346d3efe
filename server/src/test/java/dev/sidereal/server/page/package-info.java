@NullMarked
package dev.sidereal.server.page;

import org.jspecify.annotations.NullMarked;
