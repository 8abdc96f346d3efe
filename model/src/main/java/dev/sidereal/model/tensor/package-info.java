/** Tensors with gradients: a thin layer over libtorch of which nothing shows in signatures. */
@NullMarked
package dev.sidereal.model.tensor;

import org.jspecify.annotations.NullMarked;
