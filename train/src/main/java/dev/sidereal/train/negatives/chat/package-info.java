/** Judgments, ranks and texts of language models, asked blind: no scores, no ranks, an order drawn by seed. */
@NullMarked
package dev.sidereal.train.negatives.chat;

import org.jspecify.annotations.NullMarked;
