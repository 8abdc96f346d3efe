package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The inner loops behind {@link Vectors}, which has checked all lengths. Implementations keep no state. Each sums
 * in an order of its own that depends on the length alone, so that equal inputs give equal bits wherever they lie; NaN and
 * infinities go through as through plain addition.
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
