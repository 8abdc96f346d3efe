/** Measures of ranked results: one small class each, named and computed as trec_eval does. */
@NullMarked
package dev.sidereal.eval.measure;

import org.jspecify.annotations.NullMarked;
