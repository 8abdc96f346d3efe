package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The inner loops behind {@link Vectors}, which has checked all lengths. Implementations keep no state. Sums are taken
 * in any order; NaN and infinities go through them as through plain addition.
 */
interface VectorKernels {
    /** How vectors lie in a memory segment: little-endian, aligned or not. */
    ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** {@return the name shown by diagnostics} */
    String name();

    /** {@return the sum of {@code a[i] * b[bAt + i]}} */
    float dot(float[] a, float[] b, int bAt);

    /** {@return the sum of {@code a[i] * b[bAt + i]}, {@code bAt} in bytes} */
    float dot(float[] a, MemorySegment b, long bAt);

    /** {@return the sum of {@code a[i] * b[bAt + i]}} */
    int dot(byte[] a, byte[] b, int bAt);

    /** {@return the sum of {@code a[i] * b[bAt + i]}} */
    int dot(byte[] a, MemorySegment b, long bAt);

    /** {@return the sum of the squares of {@code a[i] - b[i]}} */
    float squaredDistance(float[] a, float[] b);

    /** {@return the position of the first NaN or infinity, or -1} */
    int firstNonFinite(float[] a);
}
