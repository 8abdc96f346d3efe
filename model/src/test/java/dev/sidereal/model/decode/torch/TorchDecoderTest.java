package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderContract;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.GoldenModel;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.NaiveDecoder;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.TinyConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchDecoderTest extends DecoderContract {
    @Override
    protected Decoder open(DecoderConfig config, WeightSource weights, Edits edits) {
        return TorchDecoder.load(config, weights, DType.F32, Device.CPU, edits);
    }

    @ParameterizedTest
    @EnumSource
    void inBf16ItScoresNearlyTheSame(TinyConfig tiny) {
        RandomWeights weights = RandomWeights.of(tiny.config(), 1, StoredType.BF16);
        double[] expected =
                new NaiveDecoder(tiny.config(), weights).run(3, 1, 4, 1, 5).lastLogits();
        try (Decoder decoder = TorchDecoder.load(tiny.config(), weights, DType.BF16, Device.CPU, Edits.NONE);
                DecodeSession session = decoder.open(10)) {
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4))))[0];
            session.feed(List.of(Branch.of(node, Input.of(1, 5))));
            float[] got = session.logits(0, tiny.config().vocabulary());
            double dot = 0;
            double square = 0;
            double expectedSquare = 0;
            for (int i = 0; i < got.length; i++) {
                dot += got[i] * expected[i];
                square += got[i] * got[i];
                expectedSquare += expected[i] * expected[i];
            }
            assertThat(dot / Math.sqrt(square * expectedSquare)).isGreaterThan(0.999);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfHuggingFaceIsOpenedAsItsConfigSays(GoldenModel golden) {
        try (Decoder decoder = TorchDecoder.load(golden.folder(), DType.F32, Device.CPU, Edits.NONE)) {
            assertThat(decoder.config()).isEqualTo(golden.config());
        }
    }

    @Test
    void withOtherEditsTheWeightsAreShared() {
        DecoderConfig config = TinyConfig.LLAMA.config();
        float[][] b = new float[config.hidden()][config.intermediate()];
        b[3][5] = 1;
        Edits edits = new Edits(List.of(new Edits.Delta(0, 1, new float[0][], b)));
        RandomWeights weights = RandomWeights.of(config, 1);
        double[] expected = new NaiveDecoder(config, weights, edits)
                .run(true, new Branch(DecodeSession.ROOT, Input.of(3, 1), 0))
                .lastHidden();
        try (TorchDecoder plain = TorchDecoder.load(config, weights, DType.F32, Device.CPU, Edits.NONE)) {
            float[] before = lastHidden(plain);
            try (TorchDecoder edited = plain.edited(edits)) {
                float[] got = lastHidden(edited);
                for (int i = 0; i < got.length; i++) {
                    assertThat((double) got[i]).isCloseTo(expected[i], within(1e-4));
                }
            }
            assertThat(lastHidden(plain)).containsExactly(before);
        }
    }

    private static float[] lastHidden(Decoder decoder) {
        try (DecodeSession session = decoder.open(2)) {
            session.feed(List.of(new Branch(DecodeSession.ROOT, Input.of(3, 1), 0)));
            return session.hidden()[0];
        }
    }

    @Test
    void scoresBeforeTheFirstFeedAreASentence() {
        DecoderConfig config = TinyConfig.LLAMA.config();
        try (Decoder decoder = open(config, RandomWeights.of(config, 1), Edits.NONE);
                DecodeSession session = decoder.open(10)) {
            assertThatThrownBy(session::hidden)
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A session has no scores or states before its first feed.");
        }
    }

    @Test
    void aTypeTheDeviceCannotComputeInIsASentence() {
        DecoderConfig config = TinyConfig.LLAMA.config();
        assertThatThrownBy(
                        () -> TorchDecoder.load(config, RandomWeights.of(config, 1), DType.F16, Device.CPU, Edits.NONE))
                .isInstanceOf(BadConfig.class)
                .hasMessage("Models cannot be computed in F16 on the device cpu; choose F32, BF16 or F64.");
    }
}
