/** Measures, significance, comparison of runs and reports. */
@NullMarked
package dev.sidereal.eval;

import org.jspecify.annotations.NullMarked;
