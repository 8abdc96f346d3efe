package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.TinyConfig;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Lora;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.Safetensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderLoraTest {
    private static final List<String> ALL =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    @Test
    void changesOfAllMapsLearnWhileEveryBitOfTheModelStays(@TempDir Path folder) {
        TinyConfig tiny = TinyConfig.QWEN3;
        try (TrainableDecoder decoder =
                TrainableDecoder.load(tiny.config(), RandomWeights.of(tiny.config(), 1), DType.F32, Device.CPU)) {
            decoder.parameters().freeze(_ -> true);
            Map<String, byte[]> before = bytes(decoder);
            float[] plain = logits(decoder);
            try (Lora lora = Lora.attach(decoder.projections(), new Lora.Settings(4, 8, 0, ALL))) {
                assertThat(logits(decoder)).as("changes that do nothing yet").containsExactly(plain);
                double first = train(decoder, lora, 1);
                assertThat(train(decoder, lora, 60)).isLessThan(0.3 * first);
                float[] beside = logits(decoder);
                lora.merge();
                assertThat(logits(decoder)).containsExactly(beside, within(1e-4f));
                lora.unmerge();
                lora.save(folder, "tiny");
                lora.detach();
            }
            bytes(decoder).forEach((name, now) -> assertThat(now).as(name).isEqualTo(before.get(name)));
            assertThat(logits(decoder)).containsExactly(plain);
        }
        try (Safetensors saved = Safetensors.open(folder.resolve("adapter_model.safetensors"))) {
            assertThat(saved.names())
                    .hasSize(2 * ALL.size() * tiny.config().layers())
                    .contains("base_model.model.model.layers.1.mlp.down_proj.lora_B.weight");
        }
    }

    /** {@return the loss before the last step} */
    private static double train(TrainableDecoder decoder, Lora lora, int steps) {
        double last = 0;
        try (AdamW adam = AdamW.of(lora.parameters(), 0.01, 0)) {
            for (int step = 0; step < steps; step++) {
                try (TensorScope _ = new TensorScope()) {
                    lora.parameters().clearGradients();
                    Tensor loss = Losses.crossEntropy(
                            scores(decoder).reshape(6, -1), Tensors.of(new long[] {1, 4, 1, 5, 9, 2}, 6));
                    loss.backward();
                    adam.step();
                    last = loss.item();
                }
            }
        }
        return last;
    }

    private static float[] logits(TrainableDecoder decoder) {
        try (TensorScope _ = new TensorScope()) {
            return scores(decoder).floats();
        }
    }

    private static Tensor scores(TrainableDecoder decoder) {
        Tensor embedded = decoder.embed(Tensors.of(new int[] {3, 1, 4, 1, 5, 9}, 1, 6));
        return decoder.logits(decoder.hidden(embedded, AttentionMask.causal()));
    }

    private static Map<String, byte[]> bytes(TrainableDecoder decoder) {
        Map<String, byte[]> all = new TreeMap<>();
        decoder.parameters().all().forEach((name, tensor) -> all.put(name, tensor.bytes()));
        return all;
    }
}
