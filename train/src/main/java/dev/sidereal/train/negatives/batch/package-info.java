/** Negatives that cost no mining: the other rows of a batch, a queue of past ones, batches of one topic. */
@NullMarked
package dev.sidereal.train.negatives.batch;

import org.jspecify.annotations.NullMarked;
