package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/** A model asked without a graph, so that dropout is silent and draws no random numbers. */
final class FrozenTeacher implements Teacher {
    private final String name;
    private final Embedder embedder;
    private final Settings settings;
    private final VectorCache cache;

    FrozenTeacher(String name, Embedder embedder, Settings settings) {
        this.name = name;
        this.embedder = embedder;
        this.settings = settings;
        cache = new VectorCache(settings.cacheBytes());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Tensor states(Role role, List<String> texts) {
        if (settings.cacheBytes() == 0) {
            return fresh(role, texts);
        }
        List<Tensor> rows = new ArrayList<>();
        for (String text : texts) {
            float[] vector = cache.get(role, text);
            if (vector == null) {
                try (TensorScope _ = new TensorScope()) {
                    vector = fresh(role, List.of(text)).floats();
                }
                cache.put(role, text, vector);
            }
            rows.add(Tensors.of(vector, vector.length));
        }
        return Tensors.stack(0, rows).to(embedder.device());
    }

    private Tensor fresh(Role role, List<String> texts) {
        try (TensorScope scope = new TensorScope();
                NoGrad _ = new NoGrad()) {
            return scope.keep(embedder.embed(embedder.tokenize(role, texts), settings.bf16())
                    .copy());
        }
    }
}
