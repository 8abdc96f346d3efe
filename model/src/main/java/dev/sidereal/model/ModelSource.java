package dev.sidereal.model;

import dev.sidereal.core.EncoderCard;
import java.nio.file.Path;

/**
 * The parts of an encoder before it is opened.
 *
 * @param name how the user named it
 * @param weights the ONNX file
 * @param weightsHash SHA-256 of the weights
 * @param tokenizer content of {@code tokenizer.json}
 * @param tokenizerFrom where that was read, for messages
 */
record ModelSource(
        String name, Path weights, String weightsHash, byte[] tokenizer, String tokenizerFrom, Recipe recipe) {
    EncoderCard card() {
        return new EncoderCard(
                name,
                recipe.fingerprint("onnx 1", weightsHash, Sha256.of(tokenizer)),
                recipe.dims(),
                recipe.maxTokens(),
                recipe.normalised());
    }
}
