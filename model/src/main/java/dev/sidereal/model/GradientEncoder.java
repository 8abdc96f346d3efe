package dev.sidereal.model;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An encoder through which gradients flow. Encoding is thread-safe, training is not. */
public sealed interface GradientEncoder extends Encoder permits TrainableEncoder, EosEncoder {
    /**
     * Opens an encoder for training in {@code F32}; the caller closes it.
     *
     * @param spec as {@link TrainableEncoder#open} or {@link EosEncoder#open} take it
     * @throws BadConfig if there is no such encoder or it is quantised
     * @throws dev.sidereal.core.error.BadInput if a file is missing or wrong, or the architecture is another
     */
    static GradientEncoder open(String spec, Device device) {
        boolean folder = PackagedModel.named(spec).isEmpty() && Files.isDirectory(Path.of(spec));
        return folder && ModelFolder.holdsDecoder(Path.of(spec))
                ? EosEncoder.open(Path.of(spec), device)
                : TrainableEncoder.open(spec, device);
    }

    /** {@return texts as the model reads them, with their prompt, cut at its length, on its device} */
    TokenBatch tokenize(Role role, List<String> texts);

    /** {@return one vector a text before it is scaled to unit length, {@code [texts][dims]}; gradients flow through it} */
    Tensor pooled(TokenBatch batch);

    /** {@return length of a vector} */
    int dims();

    /** {@return its weights, which live until it is closed} */
    Parameters parameters();

    /** {@return where it computes} */
    Device device();

    /** {@return hash of the tokenizer; encoders with another read other tokens} */
    String tokenizerHash();

    /**
     * Writes the encoder as it is now as a folder in the sentence-transformers layout.
     *
     * @param folder new, empty, or one that was written by this method
     * @throws dev.sidereal.core.error.BadInput if the folder holds something else
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written; an old folder is unchanged
     */
    void save(Path folder);
}
