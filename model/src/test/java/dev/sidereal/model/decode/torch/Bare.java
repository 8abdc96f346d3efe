package dev.sidereal.model.decode.torch;

import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.Set;
import java.util.stream.Collectors;

/** Weights as an embedding model stores them, without the leading {@code model.} of their names. */
record Bare(WeightSource source) implements WeightSource {
    @Override
    public Set<String> names() {
        return source.names().stream()
                .map(name -> name.substring("model.".length()))
                .collect(Collectors.toSet());
    }

    @Override
    public StoredTensor tensor(String name) {
        return source.tensor("model." + name);
    }

    @Override
    public String from() {
        return source.from();
    }

    @Override
    public void close() {
        source.close();
    }
}
