package dev.sidereal.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.model.weights.OnnxWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BertGraphTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BERT, GELU", "BERT, GELU_TANH", "BERT, SILU", "XLM_ROBERTA, RELU"})
    void onnxRuntimeGivesTheStatesOfLibtorch(BertConfig.Family family, Activation activation) throws OrtException {
        BertConfig config = new BertConfig(family, 30, 24, 3, 3, 20, 16, 1, 1e-5, activation, .1, .1, 1);
        Path file = folder.resolve("onnx/model.onnx");
        Torch.seed(4);
        try (Bert bert = Bert.random(config, Device.CPU);
                TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            BertGraph.write(config, bert.parameters(), file);
            try (OnnxWeights weights = OnnxWeights.open(file)) {
                assertThat(weights.names()).containsAll(Bert.names(config));
            }
            TokenBatch batch =
                    TokenBatch.of(List.of(new long[] {5, 6, 7, 8, 9}, new long[] {10, 11, 12}), 1, Device.CPU);
            float[] expected = bert.states(batch).getLast().floats();
            float[][][] actual = run(file, new long[][] {{5, 6, 7, 8, 9}, {10, 11, 12, 1, 1}}, new long[][] {
                {1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}
            });
            for (int token = 0; token < 8; token++) {
                for (int d = 0; d < 24; d++) {
                    assertThat(actual[token / 5][token % 5][d]).isCloseTo(expected[24 * token + d], within(2e-5f));
                }
            }
        }
    }

    private static float[][][] run(Path file, long[][] ids, long[][] mask) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor read = OnnxTensor.createTensor(environment, ids);
                OnnxTensor real = OnnxTensor.createTensor(environment, mask);
                OrtSession.Result result = session.run(Map.of("input_ids", read, "attention_mask", real))) {
            return (float[][][]) result.get(0).getValue();
        }
    }
}
