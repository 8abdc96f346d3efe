package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Reranker;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expected scores are those of a transformer of one layer written with NumPy 2.4 in double precision, after the equations
 * of the papers: the n-th tensor by name holds {@code sin(.37 i + n) / 2}.
 */
class CrossEncoderTest {
    private static final int HIDDEN = 8;
    private static final int NEURONS = 12;
    private static final int VOCABULARY = 20;

    @TempDir
    private Path folder;

    @Test
    void aBertReadsQueryAndTextAsTwoKindsOfTokens() throws IOException {
        write("bert", "bert.", "bert.pooler.dense", "classifier", 1);
        assertScores(0.26918519933026297, 0.26901243119200535);
    }

    @Test
    void anXlmRobertaHasItsHeadElsewhere() throws IOException {
        write("xlm-roberta", "roberta.", "classifier.dense", "classifier.out_proj", 1);
        assertScores(0.37967782497129077, 0.37968354773458657);
    }

    private void assertScores(double first, double second) {
        try (Reranker model = Rerankers.open(folder.toString())) {
            double[] scores = model.score("w0 w1", List.of("w2 w3 w4", "w5"));
            assertThat(scores[0]).isCloseTo(first, within(1e-6));
            assertThat(scores[1]).isCloseTo(second, within(1e-6));
            assertThat(model.score("w0", List.of())).isEmpty();
            // Longer than the model's sixteen positions.
            String text = "w6 ".repeat(40);
            assertThat(model.score("w0 w1", List.of(text))[0]).isBetween(0.0, 1.0);
        }
    }

    @Test
    void whatScoresNoPairsIsRefused() throws IOException {
        write("bert", "bert.", "bert.pooler.dense", "classifier", 3);
        assertThatThrownBy(() -> Rerankers.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessage("The model in " + folder + " gives 3 numbers a pair; expected a cross-encoder that gives 1,"
                        + " its score.");
        write("bert", "bert.", "bert.pooler.dense", "head", 1);
        assertThatThrownBy(() -> Rerankers.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "The model in " + folder + " has no classifier behind bert.pooler.dense, so it scores no pairs;"
                                + " expected a cross-encoder, a model for sequence classification.");
        assertThatThrownBy(() -> Rerankers.open("nowhere"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "There is no cross-encoder \"nowhere\"; expected a model's folder, or http(s)://host#model of a"
                                + " rerank server.");
    }

    private void write(String type, String prefix, String dense, String last, int numbers) throws IOException {
        boolean bert = type.equals("bert");
        Map<String, long[]> shapes = new TreeMap<>();
        shapes.put(prefix + "embeddings.word_embeddings.weight", new long[] {VOCABULARY, HIDDEN});
        shapes.put(prefix + "embeddings.position_embeddings.weight", new long[] {16, HIDDEN});
        shapes.put(prefix + "embeddings.token_type_embeddings.weight", new long[] {bert ? 2 : 1, HIDDEN});
        map(shapes, prefix + "embeddings.LayerNorm", HIDDEN);
        String layer = prefix + "encoder.layer.0.";
        for (String name : List.of("query", "key", "value")) {
            map(shapes, layer + "attention.self." + name, HIDDEN, HIDDEN);
        }
        map(shapes, layer + "attention.output.dense", HIDDEN, HIDDEN);
        map(shapes, layer + "attention.output.LayerNorm", HIDDEN);
        map(shapes, layer + "intermediate.dense", NEURONS, HIDDEN);
        map(shapes, layer + "output.dense", HIDDEN, NEURONS);
        map(shapes, layer + "output.LayerNorm", HIDDEN);
        map(shapes, dense, HIDDEN, HIDDEN);
        map(shapes, last, numbers, HIDDEN);
        SafetensorsWriter writer = new SafetensorsWriter();
        try (TensorScope _ = new TensorScope()) {
            int number = 0;
            for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
                writer.add(values(number++, entry.getValue()).stored(entry.getKey()));
            }
            writer.write(folder.resolve("model.safetensors"));
        }
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "%s", "vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": 12, "max_position_embeddings": 16,
                 "type_vocab_size": %d, "layer_norm_eps": 1e-12, "hidden_act": "gelu", "pad_token_id": %d}
                """.formatted(type, bert ? 2 : 1, bert ? 0 : 1));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(bert));
    }

    private static void map(Map<String, long[]> shapes, String name, long... weight) {
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new long[] {weight[0]});
    }

    private static Tensor values(int number, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (Math.sin(.37 * i + number) * .5);
        }
        return Tensors.of(values, shape);
    }

    private static String tokenizer(boolean bert) {
        String words = IntStream.range(0, 16)
                .mapToObj(i -> "\"w%d\": %d".formatted(i, i + 4))
                .collect(Collectors.joining(", "));
        String special = "{\"SpecialToken\": {\"id\": \"%s\", \"type_id\": %d}}";
        String text = "{\"Sequence\": {\"id\": \"%s\", \"type_id\": %d}}";
        String begin = special.formatted("[CLS]", 0);
        String end = special.formatted("[SEP]", 0);
        String second = text.formatted("B", bert ? 1 : 0);
        String pair = bert
                ? String.join(", ", begin, text.formatted("A", 0), end, second, special.formatted("[SEP]", 1))
                : String.join(", ", begin, text.formatted("A", 0), end, end, second, end);
        return """
                {"version": "1.0", "added_tokens": [],
                 "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [%s, %s, %s], "pair": [%s],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                      "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]",
                           "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, %s}}}
                """.formatted(begin, text.formatted("A", 0), end, pair, words);
    }
}
