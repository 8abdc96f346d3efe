/** The documents that are mined, their vectors and clusters, kept outside the heap. */
@NullMarked
package dev.sidereal.train.negatives.corpus;

import org.jspecify.annotations.NullMarked;
