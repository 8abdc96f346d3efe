package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The inner loops behind {@link Rows}, one row a call; offsets are bytes. Implementations keep no state. Rows of floats and of
 * bfloat16 have loops of their own: in one loop that is told the type vectors are boxed now and then, four times slower.
 */
interface RowKernels {
    ValueLayout.OfFloat FLOAT = VectorKernels.FLOAT;
    ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** {@return the sum of squares of {@code n} floats} */
    float squares(MemorySegment x, long at, int n);

    /** {@code out[i] = x[i] * scale * gain[i]}, in floats. */
    void scale(MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt);

    /** The same, rounded to bfloat16. */
    void scaleToBf16(MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt);

    /** {@code out[i] += x[i] * scale * gain[i]}. */
    void addScaled(MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt);

    /** {@return the largest {@code |x[i]|}; NaN if any is} */
    float largestMagnitude(MemorySegment x, long at, int n);

    /** {@code out[i] = x[i] * scale} to the nearest signed byte, ties to even; no product is beyond 127. */
    void toInt8(MemorySegment x, long at, float scale, int n, MemorySegment out, long outAt);

    /** {@code out[i] = bf16(x[i])}. */
    void toBf16(MemorySegment x, long at, int n, MemorySegment out, long outAt);

    /** {@code out[i] = gate[i] / (1 + exp(-gate[i])) * up[i]}, {@code n} gates first. */
    void swiGlu(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt);

    /** The same, rounded to bfloat16. */
    void swiGluToBf16(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt);

    /** Rotates pairs {@code (x[i], x[i + n/2])} by the angles whose cosines and sines are given, scaling. */
    void rotate(
            MemorySegment x,
            long at,
            int n,
            MemorySegment cosSin,
            long angleAt,
            float scale,
            MemorySegment out,
            long outAt);

    /** {@code x[i] = exp(x[i] - max) / sum}. */
    void softmax(MemorySegment x, long at, int n);

    /** {@code out[r] = query . rows[r]}, of rows of floats. */
    void dots(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt);

    /** The same with rows of bfloat16. */
    void dotsOfBf16(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt);

    /** {@code out += sum of weights[r] * rows[r]}, of rows of floats. */
    void addWeighted(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt);

    /** The same with rows of bfloat16. */
    void addWeightedBf16(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt);

    /** {@return the logarithm of the sum of exponentials of {@code x[from .. from + n)}} */
    float logSumExp(float[] x, int from, int n);

    /** {@return the largest of {@code n} bfloat16 numbers, minus infinity of none} */
    float maxOfBf16(MemorySegment x, long at, int n);

    /** Makes each of {@code n} bfloat16 numbers {@code exp(x - shift)}; {@return their sum before they are rounded} */
    float expOfBf16(MemorySegment x, long at, int n, float shift);
}
