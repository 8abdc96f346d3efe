package dev.sidereal.model.encoder;

import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.weights.OnnxWriter;
import dev.sidereal.model.weights.OnnxWriter.Attribute;
import dev.sidereal.model.weights.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A BERT of any size as a graph of ONNX: {@code input_ids} and {@code attention_mask}, both {@code I64[texts][tokens]}, to
 * {@code last_hidden_state}. Texts are of type 0. Weights have the names and shapes of Hugging Face, so that they can be
 * replaced; a pooler is left out.
 */
public final class BertGraph {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String OUTPUT = "last_hidden_state";
    private static final double HIDDEN = -1e30;

    private final BertConfig config;
    private final OnnxWriter graph = new OnnxWriter();

    private BertGraph(BertConfig config) {
        this.config = config;
    }

    /**
     * Writes the graph with weights in {@code F32}.
     *
     * @throws dev.sidereal.core.error.BadConfig if they take more than 2 GB
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static void write(BertConfig config, Parameters parameters, Path file) {
        BertGraph bert = new BertGraph(config);
        Set<String> names = Bert.names(config);
        for (StoredTensor tensor : parameters.stored()) {
            if (names.contains(tensor.name())) {
                bert.graph.weight(tensor);
            }
        }
        bert.build();
        bert.graph.write(file);
    }

    private void build() {
        graph.input(IDS, "texts", "tokens");
        graph.input(MASK, "texts", "tokens");
        graph.output(OUTPUT, "texts", "tokens", Integer.toString(config.hidden()));
        String mask = mask();
        String x = embeddings();
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(x, mask, "encoder.layer." + layer + ".");
        }
        graph.node("Identity", List.of(x), OUTPUT);
    }

    private String node(String operator, String... inputs) {
        return graph.node(operator, List.of(inputs));
    }

    /** {@return 0 where a token is real and a very low number elsewhere, {@code [texts][1][1][tokens]}} */
    private String mask() {
        String real = graph.node("Cast", List.of(MASK), new Attribute("to", 1));
        String padding = node("Mul", node("Sub", graph.number(1), real), graph.number(HIDDEN));
        return node("Unsqueeze", padding, graph.whole(1, 2));
    }

    private String embeddings() {
        String length = node("Gather", node("Shape", IDS), graph.single(1));
        String first = graph.single(config.firstPosition());
        String positions = node("Range", first, node("Add", length, first), graph.single(1));
        String words = node("Gather", BertNames.WORDS, IDS);
        String sum = node("Add", words, node("Gather", BertNames.POSITIONS, positions));
        return norm("embeddings.LayerNorm", node("Add", sum, node("Gather", BertNames.TYPES, graph.single(0))));
    }

    private String layer(String x, String mask, String name) {
        String q = heads(linear(name + "attention.self.query", x), List.of(0, 2, 1, 3));
        String k = heads(linear(name + "attention.self.key", x), List.of(0, 2, 3, 1));
        String v = heads(linear(name + "attention.self.value", x), List.of(0, 2, 1, 3));
        double scale = 1 / Math.sqrt(config.hidden() / (double) config.heads());
        String scores = node("Add", node("Mul", node("MatMul", q, k), graph.number(scale)), mask);
        String weights = graph.node("Softmax", List.of(scores), new Attribute("axis", -1));
        String mixed = transposed(node("MatMul", weights, v), List.of(0, 2, 1, 3));
        String joined = node("Reshape", mixed, graph.whole(0, 0, config.hidden()));
        String attended = node("Add", linear(name + "attention.output.dense", joined), x);
        String y = norm(name + "attention.output.LayerNorm", attended);
        String inner = activation(linear(name + "intermediate.dense", y));
        return norm(name + "output.LayerNorm", node("Add", linear(name + "output.dense", inner), y));
    }

    private String heads(String x, List<Integer> order) {
        int width = config.hidden() / config.heads();
        return transposed(node("Reshape", x, graph.whole(0, 0, config.heads(), width)), order);
    }

    private String transposed(String x, List<Integer> order) {
        return graph.node("Transpose", List.of(x), new Attribute("perm", order));
    }

    /** The weight is turned round when the graph is loaded, not at each call. */
    private String linear(String name, String x) {
        return node("Add", node("MatMul", x, transposed(name + ".weight", List.of(1, 0))), name + ".bias");
    }

    private String norm(String name, String x) {
        return graph.node(
                "LayerNormalization",
                List.of(x, name + ".weight", name + ".bias"),
                new Attribute("axis", -1),
                new Attribute("epsilon", config.normEpsilon()));
    }

    private String activation(String x) {
        return switch (config.activation()) {
            case GELU -> graph.node("Gelu", List.of(x));
            case GELU_TANH -> graph.node("Gelu", List.of(x), new Attribute("approximate", "tanh"));
            case RELU -> node("Relu", x);
            case SILU -> node("Mul", x, node("Sigmoid", x));
        };
    }
}
