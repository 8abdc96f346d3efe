package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * What a transformer does to rows of floats in native memory between its matrix products: normalise, gate, rotate,
 * softmax, attend. Runs on the Vector API where it is there, in plain Java elsewhere; both give the same up to rounding.
 * Offsets are in bytes and are checked against the segments; values are little endian. Static and thread-safe.
 */
public final class Rows {
    private static final RowKernels KERNELS = Vectors.isSimd() ? new SimdRowKernels() : new ScalarRowKernels();
    private static final TrainingKernels TRAINING =
            Vectors.isSimd() ? new SimdTrainingKernels() : new ScalarTrainingKernels();

    private Rows() {}

    /** {@return the nearest bfloat16, ties to even; NaN stays NaN} */
    public static short bf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value)
                ? (short) ((bits >>> 16) | 0x40)
                : (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** {@return the float that a bfloat16 stands for} */
    public static float float32(short bf16) {
        return Float.intBitsToFloat(bf16 << 16);
    }

    /**
     * Root-mean-square normalisation of one row.
     *
     * @param x {@code n} floats at {@code at}
     * @param gain {@code float[n]}
     * @param toBf16 whether the result is rounded to bfloat16
     */
    public static void rmsNorm(
            MemorySegment x,
            long at,
            int n,
            MemorySegment gain,
            double epsilon,
            boolean toBf16,
            MemorySegment out,
            long outAt) {
        float scale = (float) (1 / Math.sqrt(KERNELS.squares(x, at, n) / (double) n + epsilon));
        if (toBf16) {
            KERNELS.scaleToBf16(x, at, scale, gain, n, out, outAt);
        } else {
            KERNELS.scale(x, at, scale, gain, n, out, outAt);
        }
    }

    /** Rounds {@code n} floats to bfloat16. */
    public static void toBf16(MemorySegment x, long at, int n, MemorySegment out, long outAt) {
        KERNELS.toBf16(x, at, n, out, outAt);
    }

    /**
     * Rounds {@code n} floats to signed bytes, the largest magnitude to 127; a NaN or infinity makes the scale one.
     *
     * @return what a byte is multiplied with to get its float back
     */
    public static float toInt8(MemorySegment x, long at, int n, MemorySegment out, long outAt) {
        float scale = KERNELS.largestMagnitude(x, at, n) / 127;
        KERNELS.toInt8(x, at, scale > 0 ? 1 / scale : 0, n, out, outAt);
        return scale;
    }

    /**
     * Scales each column of a row by itself and all by one factor.
     *
     * @param gain {@code float[n]}
     * @param add whether {@code out} gets the result added or becomes it
     */
    public static void scale(
            MemorySegment x,
            long at,
            float scale,
            MemorySegment gain,
            int n,
            boolean add,
            MemorySegment out,
            long outAt) {
        if (add) {
            KERNELS.addScaled(x, at, scale, gain, n, out, outAt);
        } else {
            KERNELS.scale(x, at, scale, gain, n, out, outAt);
        }
    }

    /**
     * SwiGLU: {@code silu(gate) * up} of {@code n} gates and the {@code n} values that follow them.
     *
     * @param toBf16 whether the result is rounded to bfloat16
     */
    public static void swiGlu(MemorySegment gateUp, long at, int n, boolean toBf16, MemorySegment out, long outAt) {
        if (toBf16) {
            KERNELS.swiGluToBf16(gateUp, at, n, out, outAt);
        } else {
            KERNELS.swiGlu(gateUp, at, n, out, outAt);
        }
    }

    /**
     * Rotary position of one head: pairs {@code (x[i], x[i + n/2])} turn by their angle.
     *
     * @param cosSin {@code n/2} cosines, then {@code n/2} sines, at {@code angleAt}
     * @param scale multiplied in
     */
    public static void rotate(
            MemorySegment x,
            long at,
            int n,
            MemorySegment cosSin,
            long angleAt,
            float scale,
            MemorySegment out,
            long outAt) {
        KERNELS.rotate(x, at, n, cosSin, angleAt, scale, out, outAt);
    }

    /** Softmax of {@code n} floats in place. */
    public static void softmax(MemorySegment x, long at, int n) {
        KERNELS.softmax(x, at, n);
    }

    /** Dot products of a row of floats with rows, one float each. */
    public static void dots(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt) {
        if (rows.bf16()) {
            KERNELS.dotsOfBf16(query, queryAt, rows, out, outAt);
        } else {
            KERNELS.dots(query, queryAt, rows, out, outAt);
        }
    }

    /** Adds rows to the floats in {@code out}, each times its weight, a float. */
    public static void addWeighted(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt) {
        if (rows.bf16()) {
            KERNELS.addWeightedBf16(weights, weightsAt, rows, out, outAt);
        } else {
            KERNELS.addWeighted(weights, weightsAt, rows, out, outAt);
        }
    }

    /**
     * Moves parameters along their gradients, in one pass over memory: 28 bytes a number.
     *
     * @param means of gradients, floats as all others, moved too
     * @param squares means of squared gradients, moved too
     * @param at offset in each
     */
    public static void adam(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            long at,
            int n,
            AdamMove move) {
        TRAINING.adam(parameters, gradients, means, squares, at, n, move);
    }

    /**
     * Fills a row with zeros and {@code kept}, at random: number {@code first + i} of the stream that the seed names is a
     * function of both alone, so pieces may be filled in any order. The random bits are a counter under a 32-bit mixing
     * function (murmur3's finaliser), good enough to drop activations, not for cryptography.
     *
     * @param first place of the first number in the stream, a multiple of 64
     * @param dropped probability of a zero, rounded to a multiple of 2<sup>-16</sup>
     * @param bf16 whether numbers are bfloat16; floats otherwise
     */
    public static void randomMask(
            long seed, long first, int n, double dropped, float kept, boolean bf16, MemorySegment out, long outAt) {
        int threshold = (int) Math.min(65535, Math.round(dropped * 65536));
        if (bf16) {
            TRAINING.randomMaskBf16(seed, first, n, threshold, kept, out, outAt);
        } else {
            TRAINING.randomMask(seed, first, n, threshold, kept, out, outAt);
        }
    }

    /** {@return the logarithm of the sum of the exponentials of {@code n} values; minus infinity if all are} */
    public static float logSumExp(float[] x, int from, int n) {
        return KERNELS.logSumExp(x, from, n);
    }

    /** {@return the largest of {@code n} bfloat16 numbers, minus infinity of none} */
    public static float maxOfBf16(MemorySegment x, long at, int n) {
        return KERNELS.maxOfBf16(x, at, n);
    }

    /**
     * Makes each of {@code n} bfloat16 numbers {@code exp(x - shift)}: a softmax but for its divisor.
     *
     * @param shift the largest of them, so that nothing overflows
     * @return the divisor: their sum before they are rounded
     */
    public static float expOfBf16(MemorySegment x, long at, int n, float shift) {
        return KERNELS.expOfBf16(x, at, n, shift);
    }
}
