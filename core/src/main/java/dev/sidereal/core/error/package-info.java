/** One unchecked root and its named children; every message says what, where, got and expected, what to do. */
@NullMarked
package dev.sidereal.core.error;

import org.jspecify.annotations.NullMarked;
