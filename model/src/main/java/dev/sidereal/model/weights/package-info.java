/** Weights on disk: safetensors, checkpoints of Hugging Face, the initialisers of ONNX files. */
@NullMarked
package dev.sidereal.model.weights;

import org.jspecify.annotations.NullMarked;
