/**
 * Mining of negatives for contrastive training: a source of candidates, scores, filters in a fixed order, a sampler; each
 * technique of the literature is one small object.
 */
@NullMarked
package dev.sidereal.train.negatives;

import org.jspecify.annotations.NullMarked;
