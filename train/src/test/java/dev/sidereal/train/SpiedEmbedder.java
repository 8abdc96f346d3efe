package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.util.List;

/** Keeps a copy of all vectors that are made. */
record SpiedEmbedder(Embedder embedder, List<Tensor> seen) implements Embedder {
    @Override
    public TokenBatch tokenize(Role role, List<String> texts) {
        return embedder.tokenize(role, texts);
    }

    @Override
    public Tensor embed(TokenBatch batch) {
        Tensor vectors = embedder.embed(batch);
        seen.add(TensorScope.release(vectors.detach().copy()));
        return vectors;
    }

    @Override
    public Parameters parameters() {
        return embedder.parameters();
    }

    @Override
    public Device device() {
        return embedder.device();
    }
}
