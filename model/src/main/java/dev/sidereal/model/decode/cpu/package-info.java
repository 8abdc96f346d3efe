/**
 * Decoders served on the CPU: matrix products by oneDNN on weights packed once, everything between them by our own
 * kernels, keys and values as a tree of tokens.
 */
@NullMarked
package dev.sidereal.model.decode.cpu;

import org.jspecify.annotations.NullMarked;
