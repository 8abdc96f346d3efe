package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The kernels of training against the algorithm in doubles, at odd lengths, and against each other. */
class TrainingKernelsTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Property(tries = 100)
    void adamMovesEachNumberAsTheAlgorithmSaysAndNoOther(@ForAll long seed, @ForAll @IntRange(max = 90) int n) {
        for (TrainingKernels kernels : new TrainingKernels[] {new ScalarTrainingKernels(), new SimdTrainingKernels()}) {
            try (Arena arena = Arena.ofConfined()) {
                adamMovesEachNumber(kernels, arena, seed, n);
            }
        }
    }

    private static void adamMovesEachNumber(TrainingKernels kernels, Arena arena, long seed, int n) {
        float[] start = values(seed, n + 2);
        float[] gradient = values(seed + 1, n + 2);
        MemorySegment parameters = arena.allocateFrom(FLOAT, start);
        MemorySegment gradients = arena.allocateFrom(FLOAT, gradient);
        MemorySegment means = arena.allocate(4L * n + 8);
        MemorySegment squares = arena.allocate(4L * n + 8);
        double[] expected = new double[n + 2];
        double[] mean = new double[n + 2];
        double[] square = new double[n + 2];
        for (int step = 1; step <= 3; step++) {
            double correction1 = 1 - Math.pow(.9, step);
            double correction2 = 1 - Math.pow(.98, step);
            kernels.adam(
                    parameters,
                    gradients,
                    means,
                    squares,
                    4,
                    n,
                    new AdamMove(.5f, .9f, .98f, 1e-8f, 1 - .1f * .01f, (float) (.1 / correction1), (float)
                            Math.sqrt(correction2)));
            for (int i = 1; i <= n; i++) {
                double g = .5 * gradient[i];
                mean[i] = .9 * mean[i] + .1 * g;
                square[i] = .98 * square[i] + .02 * g * g;
                double old = step == 1 ? start[i] : expected[i];
                double change = mean[i] / correction1 / (Math.sqrt(square[i] / correction2) + 1e-8);
                expected[i] = old - .1 * .01 * old - .1 * change;
            }
        }
        assertThat(parameters.get(FLOAT, 0)).isEqualTo(start[0]);
        assertThat(parameters.get(FLOAT, 4L * n + 4)).isEqualTo(start[n + 1]);
        for (int i = 1; i <= n; i++) {
            assertThat((double) parameters.get(FLOAT, 4L * i)).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Property(tries = 100)
    void randomMasksAreTheSameForEveryKernelAndEveryCutOfTheStream(
            @ForAll long seed, @ForAll @IntRange(max = 300) int n, @ForAll @IntRange(max = 65535) int threshold) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment whole = arena.allocate(4L * n + 1024);
            MemorySegment pieces = arena.allocate(4L * n + 1024);
            MemorySegment halves = arena.allocate(2L * n + 512);
            new ScalarTrainingKernels().randomMask(seed, 0, n, threshold, 1.5f, whole, 0);
            TrainingKernels simd = new SimdTrainingKernels();
            int cut = Math.min(n, 64);
            simd.randomMask(seed, cut, n - cut, threshold, 1.5f, pieces, 4L * cut);
            simd.randomMask(seed, 0, cut, threshold, 1.5f, pieces, 0);
            simd.randomMaskBf16(seed, 0, n, threshold, 1.5f, halves, 0);
            assertThat(pieces.mismatch(whole)).isEqualTo(-1);
            for (int i = 0; i < n; i++) {
                assertThat(Rows.float32(halves.get(RowKernels.SHORT, 2L * i))).isEqualTo(whole.get(FLOAT, 4L * i));
            }
        }
    }

    @Test
    void aRandomMaskDropsItsShareInEveryPlaceOfABlockAndForNeighbouringSeeds() {
        int n = 1 << 16;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(4L * n);
            int[] byPlace = new int[64];
            int together = 0;
            float[] before = new float[n];
            for (int seed = 0; seed < 16; seed++) {
                Rows.randomMask(seed, 0, n, .1, 2, false, mask, 0);
                float[] now = mask.toArray(FLOAT);
                for (int i = 0; i < n; i++) {
                    byPlace[i % 64] += now[i] == 0 ? 1 : 0;
                    together += seed > 0 && now[i] == 0 && before[i] == 0 ? 1 : 0;
                }
                before = now;
            }
            // 16,384 draws of .1 for each place: mean 1,638, deviation 38.
            assertThat(Arrays.stream(byPlace)).allMatch(zeros -> Math.abs(zeros - 1638) < 6 * 38);
            // 15 * 65,536 pairs at .01: mean 9,830, deviation 99.
            assertThat(together).isBetween(9_830 - 600, 9_830 + 600);
        }
    }

    private static float[] values(long seed, int n) {
        Random random = new Random(seed);
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }
}
