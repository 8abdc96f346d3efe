package dev.sidereal.model.decode.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import dev.sidereal.model.tensor.SmallJvm;
import dev.sidereal.model.weights.StoredType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuDecoderServingTest {
    private static final DecoderConfig CONFIG =
            new DecoderConfig(64, 2, 4, 2, 16, 96, 200, 4096, 10_000, RopeScaling.NONE, 1e-6, true, true);

    @Test
    void halfTheBitsGiveTheSameScoresToThreeDigits() {
        int[] prompt = new Random(3).ints(40, 0, 200).toArray();
        float[] exact = logits(Precision.F32, 1, StoredType.BF16, prompt);
        float[] half = logits(Precision.BF16, 1, StoredType.BF16, prompt);
        assertThat(error(half, exact)).isBetween(1e-6, 0.03);
    }

    @Test
    void bytesGiveTheSameScoresToTwoDigits() {
        int[] prompt = new Random(3).ints(40, 0, 200).toArray();
        for (StoredType type : List.of(StoredType.F32, StoredType.BF16)) {
            float[] exact = logits(Precision.F32, 1, type, prompt);
            float[] bytes = logits(Precision.INT8, 1, type, prompt);
            assertThat(error(bytes, exact)).isBetween(1e-6, 0.05);
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeTheScores() {
        int[] prompt = new Random(4).ints(90, 0, 200).toArray();
        assertThat(error(
                        logits(Precision.F32, 2, StoredType.F32, prompt),
                        logits(Precision.F32, 1, StoredType.F32, prompt)))
                .isLessThan(1e-5);
    }

    @Test
    void sessionsOfSeveralThreadsGiveWhatEachGivesAlone() throws Exception {
        try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.F32, 1);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<float[]>> calls = new ArrayList<>();
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int[] prompt = new Random(i).ints(5 + 13 * i, 0, 200).toArray();
                calls.add(() -> logits(decoder, prompt));
                alone.add(logits(decoder, prompt));
            }
            List<Future<float[]>> together = threads.invokeAll(calls);
            for (int i = 0; i < calls.size(); i++) {
                assertThat(together.get(i).get()).containsExactly(alone.get(i));
            }
        }
    }

    @Test
    void weightsOfAnotherShapeAndNoThreadsAreSentences() {
        DecoderConfig wider =
                new DecoderConfig(64, 2, 4, 2, 16, 97, 200, 4096, 1e4, RopeScaling.NONE, 1e-6, true, true);
        assertThatThrownBy(() -> CpuDecoder.open(wider, RandomWeights.of(CONFIG, 1), Precision.F32, 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("random weights: the tensor model.layers.0.mlp.gate_proj.weight has the shape [96, 64],"
                        + " expected [97, 64] from the configuration; the weights belong to another model.");
        assertThatThrownBy(() -> CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.F32, 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A decoder needs at least 1 thread, got 0.");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(classes = {Generating.class, Serving.class, ManyShapes.class})
    void memoryStaysFlat(Class<?> program) {
        assertThat(SmallJvm.growth(program)).isLessThan(24L << 20);
    }

    /** One token after another in a session. */
    static final class Generating {
        private static int node = DecodeSession.ROOT;

        public static void main(String[] args) throws IOException {
            try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.BF16, 1);
                    DecodeSession session = decoder.open(4096)) {
                SmallJvm.report(() -> {
                    node = session.feed(List.of(Branch.of(node, Input.of(7))))[0];
                    session.logits(0, CONFIG.vocabulary());
                });
            }
        }
    }

    /** Sessions that open and close, with prompts of many lengths. */
    static final class Serving {
        private static int length;

        public static void main(String[] args) throws IOException {
            try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.BF16, 1)) {
                SmallJvm.report(() -> logits(decoder, new int[1 + length++ % 60]));
            }
        }
    }

    /** More lengths of prompts than products are kept for, so that these are made and let go all the time. */
    static final class ManyShapes {
        private static int length;

        public static void main(String[] args) throws IOException {
            try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.BF16, 1)) {
                SmallJvm.report(() -> logits(decoder, new int[1 + 7 * length++ % 253]));
            }
        }
    }

    @Test
    void aDecoderClosedEarlyLeavesItsSessionsTheirWeights() {
        CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.F32, 1);
        float[] expected = logits(decoder, new int[] {3, 1, 4});
        DecodeSession session = decoder.open(10);
        decoder.close();
        session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3, 1, 4))));
        assertThat(session.logits(0, CONFIG.vocabulary())).containsExactly(expected);
        session.close();
        assertThatThrownBy(() -> decoder.open(10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedSessionTouchesNothingThatAnotherUses() {
        try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.F32, 1)) {
            DecodeSession session = decoder.open(10);
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3))));
            session.close();
            assertThatThrownBy(() -> session.logits(0, 5)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void noTokensHaveNoScores() {
        try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1), Precision.F32, 1);
                DecodeSession session = decoder.open(10)) {
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(3))));
            assertThat(session.logits(7, 7)).isEmpty();
        }
    }

    private static float[] logits(Precision precision, int threads, StoredType type, int[] prompt) {
        try (CpuDecoder decoder = CpuDecoder.open(CONFIG, RandomWeights.of(CONFIG, 1, type), precision, threads)) {
            return logits(decoder, prompt);
        }
    }

    private static float[] logits(Decoder decoder, int[] prompt) {
        try (DecodeSession session = decoder.open(prompt.length)) {
            session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(prompt))));
            return session.logits(0, CONFIG.vocabulary());
        }
    }

    private static double error(float[] got, float[] expected) {
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < got.length; i++) {
            worst = Math.max(worst, Math.abs(got[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }
}
