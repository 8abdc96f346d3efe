package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API, at the machine's preferred width, 512 bits at most. Four accumulators hide the latency of the addition; a
 * multiplication and an addition stand where a fused one would do, since the loads are the limit and a machine without
 * the fused instruction would emulate it a thousand times slower.
 *
 * <p>Only loaded where the module {@code jdk.incubator.vector} is there.
 */
final class SimdKernels implements VectorKernels {
    private static final int BITS = Math.min(512, IntVector.SPECIES_PREFERRED.vectorBitSize());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
    /** Bytes and shorts are taken in vectors of as many lanes as there are ints in the preferred one. */
    private static final boolean HAS_BYTES = BITS >= 256;

    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(HAS_BYTES ? BITS / 2 : 128));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(HAS_BYTES ? BITS / 4 : 64));
    private static final int LANES = FLOATS.length();
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(FLOATS, 8 % LANES, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(FLOATS, 4 % LANES, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(FLOATS, 2 % LANES, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

    private final ScalarKernels scalar = new ScalarKernels();

    /** {@return whether this machine's vectors are long enough to be worth it} */
    static boolean worthwhile() {
        return BITS >= 128;
    }

    @Override
    public String name() {
        return "simd" + BITS;
    }

    @Override
    public float dot(float[] a, float[] b, int bAt) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
            sum0 = sum0.add(product(a, i, b, bAt + i));
            sum1 = sum1.add(product(a, i + LANES, b, bAt + i + LANES));
            sum2 = sum2.add(product(a, i + 2 * LANES, b, bAt + i + 2 * LANES));
            sum3 = sum3.add(product(a, i + 3 * LANES, b, bAt + i + 3 * LANES));
        }
        for (; i <= a.length - LANES; i += LANES) {
            sum0 = sum0.add(product(a, i, b, bAt + i));
        }
        float sum = total(sum0, sum1, sum2, sum3);
        for (; i < a.length; i++) {
            sum += a[i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public float dot(float[] a, MemorySegment b, long bAt) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
            sum0 = sum0.add(product(a, i, b, bAt));
            sum1 = sum1.add(product(a, i + LANES, b, bAt));
            sum2 = sum2.add(product(a, i + 2 * LANES, b, bAt));
            sum3 = sum3.add(product(a, i + 3 * LANES, b, bAt));
        }
        for (; i <= a.length - LANES; i += LANES) {
            sum0 = sum0.add(product(a, i, b, bAt));
        }
        float sum = total(sum0, sum1, sum2, sum3);
        for (; i < a.length; i++) {
            sum += a[i] * b.get(FLOAT, bAt + (long) i * Float.BYTES);
        }
        return sum;
    }

    @Override
    public int dot(byte[] a, byte[] b, int bAt) {
        if (!HAS_BYTES) {
            return scalar.dot(a, b, bAt);
        }
        IntVector sum0 = IntVector.zero(INTS);
        IntVector sum1 = IntVector.zero(INTS);
        int i = 0;
        for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
            int j = i + LANES;
            sum0 = sum0.add(product(ByteVector.fromArray(BYTES, a, i), ByteVector.fromArray(BYTES, b, bAt + i)));
            sum1 = sum1.add(product(ByteVector.fromArray(BYTES, a, j), ByteVector.fromArray(BYTES, b, bAt + j)));
        }
        int sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
        for (; i < a.length; i++) {
            sum += a[i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public int dot(byte[] a, MemorySegment b, long bAt) {
        if (!HAS_BYTES) {
            return scalar.dot(a, b, bAt);
        }
        IntVector sum0 = IntVector.zero(INTS);
        IntVector sum1 = IntVector.zero(INTS);
        int i = 0;
        for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
            int j = i + LANES;
            sum0 = sum0.add(product(
                    ByteVector.fromArray(BYTES, a, i),
                    ByteVector.fromMemorySegment(BYTES, b, bAt + i, ByteOrder.LITTLE_ENDIAN)));
            sum1 = sum1.add(product(
                    ByteVector.fromArray(BYTES, a, j),
                    ByteVector.fromMemorySegment(BYTES, b, bAt + j, ByteOrder.LITTLE_ENDIAN)));
        }
        int sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
        for (; i < a.length; i++) {
            sum += a[i] * b.get(ValueLayout.JAVA_BYTE, bAt + i);
        }
        return sum;
    }

    @Override
    public float squaredDistance(float[] a, float[] b) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
            sum0 = sum0.add(squaredDifference(a, b, i));
            sum1 = sum1.add(squaredDifference(a, b, i + LANES));
            sum2 = sum2.add(squaredDifference(a, b, i + 2 * LANES));
            sum3 = sum3.add(squaredDifference(a, b, i + 3 * LANES));
        }
        for (; i <= a.length - LANES; i += LANES) {
            sum0 = sum0.add(squaredDifference(a, b, i));
        }
        float sum = total(sum0, sum1, sum2, sum3);
        for (; i < a.length; i++) {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public int firstNonFinite(float[] a) {
        int i = 0;
        for (; i <= a.length - LANES; i += LANES) {
            if (!FloatVector.fromArray(FLOATS, a, i)
                    .test(VectorOperators.IS_FINITE)
                    .allTrue()) {
                break;
            }
        }
        for (; i < a.length; i++) {
            if (!Float.isFinite(a[i])) {
                return i;
            }
        }
        return -1;
    }

    private static FloatVector product(float[] a, int aAt, float[] b, int bAt) {
        return FloatVector.fromArray(FLOATS, a, aAt).mul(FloatVector.fromArray(FLOATS, b, bAt));
    }

    private static FloatVector product(float[] a, int at, MemorySegment b, long bAt) {
        return FloatVector.fromMemorySegment(FLOATS, b, bAt + (long) at * Float.BYTES, ByteOrder.LITTLE_ENDIAN)
                .mul(FloatVector.fromArray(FLOATS, a, at));
    }

    /** Products of bytes fit shorts, which multiply faster than ints. */
    private static Vector<Integer> product(ByteVector a, ByteVector b) {
        Vector<Short> wideA = a.convertShape(VectorOperators.B2S, SHORTS, 0);
        Vector<Short> wideB = b.convertShape(VectorOperators.B2S, SHORTS, 0);
        return wideA.mul(wideB).convertShape(VectorOperators.S2I, INTS, 0);
    }

    private static FloatVector squaredDifference(float[] a, float[] b, int at) {
        FloatVector difference = FloatVector.fromArray(FLOATS, a, at).sub(FloatVector.fromArray(FLOATS, b, at));
        return difference.mul(difference);
    }

    /**
     * Adds lanes in a fixed order. {@code reduceLanes} leaves the order open and takes another one once compiled, so that
     * equal vectors would score differently in the last bits and ties would be broken by chance.
     */
    private static float total(FloatVector sum0, FloatVector sum1, FloatVector sum2, FloatVector sum3) {
        return total(sum0.add(sum1).add(sum2.add(sum3)));
    }

    /** {@return the sum of the lanes} A reduction of the Vector API costs several times as much. */
    static float total(FloatVector lanes) {
        FloatVector sum = lanes;
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (LANES >= 4) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }
}
