/** Evaluation of encoders: likeness, retrieval, translation, clusters, at any number of dimensions. */
@NullMarked
package dev.sidereal.engine.embeddings;

import org.jspecify.annotations.NullMarked;
