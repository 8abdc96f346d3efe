/** How the negatives are picked of the candidates that are left. */
@NullMarked
package dev.sidereal.train.negatives.sample;

import org.jspecify.annotations.NullMarked;
