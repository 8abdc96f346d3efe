/** Encoders behind a server that speaks OpenAI's embeddings API. */
@NullMarked
package dev.sidereal.model.server;

import org.jspecify.annotations.NullMarked;
