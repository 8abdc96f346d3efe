package dev.sidereal.core.vector;

import static dev.sidereal.core.vector.RowKernels.FLOAT;
import static dev.sidereal.core.vector.RowKernels.SHORT;

import java.lang.foreign.MemorySegment;

/** The loops of {@link TrainingKernels} as they read in a book. */
final class ScalarTrainingKernels implements TrainingKernels {
    @Override
    public void adam(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            long at,
            int n,
            AdamMove move) {
        for (int i = 0; i < n; i++) {
            float g = get(gradients, at, i) * (float) move.gradientScale();
            float mean = get(means, at, i);
            mean += (float) (1 - move.beta1()) * (g - mean);
            float square = get(squares, at, i) * (float) move.beta2() + (float) (1 - move.beta2()) * g * g;
            double divisor = Math.sqrt(square) / move.rootCorrection() + move.epsilon();
            set(means, at, i, mean);
            set(squares, at, i, square);
            set(parameters, at, i, (float) (get(parameters, at, i) * move.kept() - move.rate() * mean / divisor));
        }
    }

    @Override
    public void randomMask(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            set(out, outAt, i, random(seed, first + i) < threshold ? 0 : kept);
        }
    }

    @Override
    public void randomMaskBf16(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        short rounded = Rows.bf16(kept);
        for (int i = 0; i < n; i++) {
            out.set(SHORT, outAt + 2L * i, random(seed, first + i) < threshold ? 0 : rounded);
        }
    }

    /** {@return 16 random bits: the low or high half of the mixed counter that stands for each pair of numbers} */
    private static int random(long seed, long place) {
        int counter = (int) (place >>> 1);
        int bits = mixed(mixed(counter ^ (int) seed) ^ (int) (seed >>> 32) ^ (int) (place >>> 33));
        return (place & 1) == 0 ? bits & 0xffff : bits >>> 16;
    }

    private static int mixed(int x) {
        int a = (x ^ (x >>> 16)) * 0x85ebca6b;
        int b = (a ^ (a >>> 13)) * 0xc2b2ae35;
        return b ^ (b >>> 16);
    }

    private static float get(MemorySegment x, long at, int i) {
        return x.get(FLOAT, at + 4L * i);
    }

    private static void set(MemorySegment x, long at, int i, float value) {
        x.set(FLOAT, at + 4L * i, value);
    }
}
