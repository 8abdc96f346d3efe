/** Who says how well a document answers a query. */
@NullMarked
package dev.sidereal.train.negatives.score;

import org.jspecify.annotations.NullMarked;
