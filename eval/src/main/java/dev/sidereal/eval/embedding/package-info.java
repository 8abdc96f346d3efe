/** Measures of vectors: bitext, clusters. */
@NullMarked
package dev.sidereal.eval.embedding;

import org.jspecify.annotations.NullMarked;
