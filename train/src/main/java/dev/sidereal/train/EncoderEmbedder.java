package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import java.util.List;

/** An encoder with its tokenizer, prompts and pooling, whose texts are cut at {@code maxTokens}. */
record EncoderEmbedder(GradientEncoder encoder, int maxTokens) implements Embedder {
    @Override
    public TokenBatch tokenize(Role role, List<String> texts) {
        return encoder.tokenize(role, texts).cut(maxTokens);
    }

    @Override
    public Tensor embed(TokenBatch batch) {
        return encoder.pooled(batch);
    }

    @Override
    public Parameters parameters() {
        return encoder.parameters();
    }

    @Override
    public Device device() {
        return encoder.device();
    }
}
