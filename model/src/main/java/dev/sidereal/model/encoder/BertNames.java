package dev.sidereal.model.encoder;

import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint under the names of a bare encoder: without the {@code bert.} or {@code roberta.} that models with a head
 * put before them, and with today's names of norms where old ones say gamma and beta. Does not own the checkpoint.
 */
record BertNames(WeightSource checkpoint, String prefix) implements WeightSource {
    static final String WORDS = "embeddings.word_embeddings.weight";
    static final String POSITIONS = "embeddings.position_embeddings.weight";
    static final String TYPES = "embeddings.token_type_embeddings.weight";
    static final String POOLER = "pooler.dense";

    static BertNames of(WeightSource checkpoint) {
        for (String prefix : List.of("bert.", "roberta.")) {
            if (checkpoint.names().contains(prefix + WORDS)) {
                return new BertNames(checkpoint, prefix);
            }
        }
        return new BertNames(checkpoint, "");
    }

    /** {@return names and shapes of everything that {@link Bert#states} reads} */
    static Map<String, long[]> shapes(BertConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        int hidden = config.hidden();
        shapes.put(WORDS, new long[] {config.vocabulary(), hidden});
        shapes.put(POSITIONS, new long[] {config.positions(), hidden});
        shapes.put(TYPES, new long[] {config.tokenTypes(), hidden});
        map(shapes, "embeddings.LayerNorm", hidden);
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "encoder.layer." + layer + ".";
            map(shapes, block + "attention.self.query", hidden, hidden);
            map(shapes, block + "attention.self.key", hidden, hidden);
            map(shapes, block + "attention.self.value", hidden, hidden);
            map(shapes, block + "attention.output.dense", hidden, hidden);
            map(shapes, block + "attention.output.LayerNorm", hidden);
            map(shapes, block + "intermediate.dense", config.intermediate(), hidden);
            map(shapes, block + "output.dense", hidden, config.intermediate());
            map(shapes, block + "output.LayerNorm", hidden);
        }
        return shapes;
    }

    /** Adds a weight and its bias, which is as long as the weight's first axis. */
    static void map(Map<String, long[]> shapes, String name, long... weight) {
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new long[] {weight[0]});
    }

    private String inCheckpoint(String name) {
        String full = prefix + name;
        if (checkpoint.names().contains(full)) {
            return full;
        }
        String old = full.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
        return checkpoint.names().contains(old) ? old : full;
    }

    /** {@return whether the checkpoint has it} */
    boolean has(String name) {
        return checkpoint.names().contains(inCheckpoint(name));
    }

    @Override
    public Set<String> names() {
        return checkpoint.names();
    }

    @Override
    public StoredTensor tensor(String name) {
        return checkpoint.tensor(inCheckpoint(name));
    }

    @Override
    public String from() {
        return checkpoint.from();
    }

    @Override
    public void close() {}
}
