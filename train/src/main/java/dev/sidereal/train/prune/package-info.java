/** Smaller encoders cut out of larger ones. */
@NullMarked
package dev.sidereal.train.prune;

import org.jspecify.annotations.NullMarked;
