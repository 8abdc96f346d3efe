/** Encoders: packaged ONNX models, folders in the sentence-transformers layout, embedding servers. */
@NullMarked
package dev.sidereal.model;

import org.jspecify.annotations.NullMarked;
