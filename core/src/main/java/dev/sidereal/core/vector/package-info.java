/** Vector kernels, each with a scalar twin. */
@NullMarked
package dev.sidereal.core.vector;

import org.jspecify.annotations.NullMarked;
