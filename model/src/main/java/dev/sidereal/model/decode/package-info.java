/** Decoder-only transformers: their configuration, sessions that feed and branch, generation, constraints, beams. */
@NullMarked
package dev.sidereal.model.decode;

import org.jspecify.annotations.NullMarked;
