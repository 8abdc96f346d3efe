/** Decoders that hold a conversation: templates, defaults of a checkpoint, and LangChain4j's interfaces. */
@NullMarked
package dev.sidereal.model.chat;

import org.jspecify.annotations.NullMarked;
