package dev.sidereal.model.weights;

import java.util.Set;
import java.util.stream.Collectors;

/** Weights of a decoder stored without its head, whose names lack the leading {@code model.}, as embedding models are. */
public record BareNames(WeightSource source) implements WeightSource {
    private static final String PREFIX = "model.";

    /** {@return the source, its names as those of a decoder with a head} */
    public static WeightSource of(WeightSource source) {
        Set<String> names = source.names();
        return names.contains("embed_tokens.weight") && !names.contains("model.embed_tokens.weight")
                ? new BareNames(source)
                : source;
    }

    @Override
    public Set<String> names() {
        return source.names().stream().map(name -> PREFIX + name).collect(Collectors.toSet());
    }

    @Override
    public StoredTensor tensor(String name) {
        return source.tensor(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
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
