package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of F2LLM-v2, arXiv 2603.19223, table 1, and their counts as the registry of MTEB has them. */
class PublishedSizesTest {
    @ParameterizedTest
    @CsvSource({
        "320, 2048, 8, 80084288",
        "640, 1536, 9, 159185024",
        "896, 2560, 16, 334349184",
        "1024, 3072, 28, 596049920"
    })
    void parametersAreCountedAsPublished(int hidden, int intermediate, int layers, long parameters) {
        assertThat(config(hidden, intermediate, layers).parameters()).isEqualTo(parameters);
    }

    @Test
    @Tag("slow")
    void theSmallestIsBuiltWithExactlyItsParametersAndRuns() {
        DecoderConfig config = config(320, 2048, 8);
        try (TrainableDecoder decoder = TrainableDecoder.random(config, DType.BF16, Device.CPU);
                TensorScope _ = new TensorScope()) {
            assertThat(decoder.parameters().count()).isEqualTo(80_084_288);
            assertThat(decoder.parameters().trained()).isEqualTo(80_084_288);
            float[] hidden = decoder.hidden(
                            decoder.embed(Tensors.of(new int[] {1, 151_935}, 1, 2)), AttentionMask.bidirectional())
                    .floats();
            assertThat(hidden).hasSize(640).doesNotContain(Float.NaN);
        }
    }

    private static DecoderConfig config(int hidden, int intermediate, int layers) {
        return new DecoderConfig(
                hidden, layers, 16, 8, 128, intermediate, 151_936, 40_960, 1e6, RopeScaling.NONE, 1e-6, true, true);
    }
}
