/** Whether a difference between two systems on the same queries is more than chance. */
@NullMarked
package dev.sidereal.eval.significance;

import org.jspecify.annotations.NullMarked;
