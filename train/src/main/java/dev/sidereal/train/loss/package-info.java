/** Losses over vectors of named roles, each the class of its name in the literature. */
@NullMarked
package dev.sidereal.train.loss;

import org.jspecify.annotations.NullMarked;
