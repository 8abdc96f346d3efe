/** Small models that learn which candidates to take. */
@NullMarked
package dev.sidereal.train.negatives.learn;

import org.jspecify.annotations.NullMarked;
