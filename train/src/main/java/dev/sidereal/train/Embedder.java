package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import java.util.List;

/** A model that turns texts into vectors and can be trained. Not thread-safe. */
public interface Embedder {
    /** {@return texts as the model reads them, with what it puts before texts of that role} */
    TokenBatch tokenize(Role role, List<String> texts);

    /** {@return raw vectors, not scaled to unit length, {@code [texts][dims]}; gradients flow through it} */
    Tensor embed(TokenBatch batch);

    /**
     * {@return raw vectors in {@code F32}, as {@link #embed(TokenBatch)}}
     *
     * @param bf16 whether products are computed in bf16, see {@link Autocast}
     */
    default Tensor embed(TokenBatch batch, boolean bf16) {
        if (!bf16) {
            return embed(batch).to(DType.F32);
        }
        try (Autocast _ = Autocast.bf16(device())) {
            return embed(batch).to(DType.F32);
        }
    }

    /** {@return what is trained} */
    Parameters parameters();

    /** {@return where it computes} */
    Device device();

    /** {@return an encoder seen this way} */
    static Embedder of(GradientEncoder encoder) {
        return new EncoderEmbedder(encoder, Integer.MAX_VALUE);
    }

    /**
     * {@return an encoder seen this way, which reads less of long texts}
     *
     * @param maxTokens of a text, special ones included, at least 3
     */
    static Embedder of(GradientEncoder encoder, int maxTokens) {
        return new EncoderEmbedder(encoder, maxTokens);
    }
}
