/** Transformer encoders that can be trained: the families of BERT and XLM-RoBERTa. */
@NullMarked
package dev.sidereal.model.encoder;

import org.jspecify.annotations.NullMarked;
