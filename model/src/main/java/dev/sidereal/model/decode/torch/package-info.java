/** Decoders on libtorch: trained on any device, and generating with the trained weights. */
@NullMarked
package dev.sidereal.model.decode.torch;

import org.jspecify.annotations.NullMarked;
