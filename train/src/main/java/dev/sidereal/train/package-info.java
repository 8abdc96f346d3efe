/** Training of encoders. */
@NullMarked
package dev.sidereal.train;

import org.jspecify.annotations.NullMarked;
