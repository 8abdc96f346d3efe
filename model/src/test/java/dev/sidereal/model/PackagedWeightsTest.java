package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.Tokenizer.Tokens;
import dev.sidereal.model.weights.OnnxWeights;
import dev.sidereal.model.weights.StoredNumbers;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.TensorMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and shapes are those of transformers' BertModel, the figures those of the models' config.json. */
class PackagedWeightsTest {
    private static final long HIDDEN = 384;
    private static final long INNER = 1536;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BGE_SMALL, 12", "MINILM, 6"})
    void allWeightsOfTheCheckpointAreThere(PackagedModel model, int layers) {
        try (OnnxWeights weights =
                OnnxWeights.open(model.source(CacheFolder.path()).weights())) {
            Map<String, List<Long>> expected = bert(layers);
            assertThat(weights.names()).containsAll(expected.keySet());
            assertThat(weights.names())
                    .filteredOn(name -> !expected.containsKey(name))
                    .allMatch(name -> name.startsWith("onnx::Slice") || name.equals("embeddings.position_ids"));
            expected.forEach((name, shape) -> {
                StoredTensor tensor = weights.tensor(name);
                assertThat(tensor.shape()).as(name).isEqualTo(shape);
                assertThat(tensor.type()).isEqualTo(StoredType.F32);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"BGE_SMALL_Q", "MINILM_Q"})
    void quantisedFilesAreReadUnderTheirOwnNames(PackagedModel model) {
        try (OnnxWeights weights =
                OnnxWeights.open(model.source(CacheFolder.path()).weights())) {
            assertThat(weights.names()).hasSizeGreaterThan(100).contains("encoder.layer.0.output.LayerNorm.weight");
            for (String name : weights.names()) {
                assertThat(weights.tensor(name).name()).isEqualTo(name);
            }
        }
    }

    @Test
    void unchangedWeightsGiveTheSameFileAndAChangedBiasOtherStates() throws IOException {
        Path source = PackagedModel.MINILM.source(CacheFolder.path()).weights();
        Path same = folder.resolve("same.onnx");
        Path other = folder.resolve("other.onnx");
        String bias = "encoder.layer.5.output.dense.bias";
        try (OnnxWeights weights = OnnxWeights.open(source)) {
            List<StoredTensor> floats = weights.names().stream()
                    .map(weights::tensor)
                    .filter(tensor -> tensor.type() == StoredType.F32)
                    .toList();
            OnnxWeights.replace(source, TensorMap.of("unchanged", floats), same);
            float[] raised = StoredNumbers.floats(weights.tensor(bias));
            raised[7] += 1;
            StoredTensor changed = StoredNumbers.of(bias, StoredType.F32, List.of(HIDDEN), raised);
            OnnxWeights.replace(source, TensorMap.of("changed", List.of(changed)), other);
        }
        assertThat(Files.mismatch(source, same)).isEqualTo(-1);
        float[] states = states(source);
        assertThat(states(same)).containsExactly(states);
        assertThat(states(other)).hasSameSizeAs(states).isNotEqualTo(states);
        // A norm follows: the raised channel stands out, in each token.
        assertThat(states(other)[7]).isGreaterThan(states[7]);
        assertThat(states(other)[(int) HIDDEN + 7]).isGreaterThan(states[(int) HIDDEN + 7]);
    }

    private static float[] states(Path onnx) {
        try (OnnxModel model = OnnxModel.open(onnx, 1)) {
            Tokens tokens = new Tokens(new long[] {101, 7592, 2088, 102}, false);
            return model.states(new Tokens[] {tokens}, new int[] {0});
        }
    }

    private static Map<String, List<Long>> bert(int layers) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put("embeddings.word_embeddings.weight", List.of(30522L, HIDDEN));
        shapes.put("embeddings.position_embeddings.weight", List.of(512L, HIDDEN));
        shapes.put("embeddings.token_type_embeddings.weight", List.of(2L, HIDDEN));
        norm(shapes, "embeddings.LayerNorm");
        for (int layer = 0; layer < layers; layer++) {
            String at = "encoder.layer." + layer + ".";
            for (String part : List.of("query", "key", "value")) {
                linear(shapes, at + "attention.self." + part, HIDDEN, HIDDEN);
            }
            linear(shapes, at + "attention.output.dense", HIDDEN, HIDDEN);
            norm(shapes, at + "attention.output.LayerNorm");
            linear(shapes, at + "intermediate.dense", INNER, HIDDEN);
            linear(shapes, at + "output.dense", HIDDEN, INNER);
            norm(shapes, at + "output.LayerNorm");
        }
        return shapes;
    }

    private static void linear(Map<String, List<Long>> shapes, String name, long out, long in) {
        shapes.put(name + ".weight", List.of(out, in));
        shapes.put(name + ".bias", List.of(out));
    }

    private static void norm(Map<String, List<Long>> shapes, String name) {
        shapes.put(name + ".weight", List.of(HIDDEN));
        shapes.put(name + ".bias", List.of(HIDDEN));
    }
}
