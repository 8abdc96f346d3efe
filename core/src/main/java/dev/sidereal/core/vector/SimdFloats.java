package dev.sidereal.core.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * What kernels on the Vector API share: vectors of floats in memory, and arithmetic. The exponential is a polynomial of
 * degree 6 on a reduced argument (Cephes' {@code expf}), relative error below 2e-7; a library call a vector would cost more.
 * Multiplications and additions are fused only where the JVM says that the CPU can; elsewhere a fused one would be emulated
 * a thousand times slower.
 *
 * <p>Only loaded where the module {@code jdk.incubator.vector} is there.
 */
final class SimdFloats {
    static final int BITS = Math.min(512, IntVector.SPECIES_PREFERRED.vectorBitSize());
    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, BITS / 2)));
    static final int LANES = FLOATS.length();
    static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    /** Where the exponential is still a normal number. */
    private static final float LOWEST = -87.33654f;

    private static final float HIGHEST = 88.37626f;

    private static final boolean FUSED = fused();

    private SimdFloats() {}

    static FloatVector load(MemorySegment x, long at, int i, VectorMask<Float> lanes) {
        return FloatVector.fromMemorySegment(FLOATS, x, at + 4L * i, LE, lanes);
    }

    static FloatVector load(MemorySegment x, long at, int i) {
        return FloatVector.fromMemorySegment(FLOATS, x, at + 4L * i, LE);
    }

    static FloatVector loadBf16(MemorySegment x, long at, int i) {
        return ShortVector.fromMemorySegment(SHORTS, x, at + 2L * i, LE)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    /** Rounds to nearest, ties to even, as {@link Rows#bf16}; NaN stays NaN. */
    static void storeBf16(FloatVector values, MemorySegment out, long at) {
        IntVector bits = values.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        IntVector rounded = bits.add(0x7fff).add(odd).lanewise(VectorOperators.LSHR, 16);
        IntVector kept = rounded.blend(
                bits.lanewise(VectorOperators.LSHR, 16).or(0x40),
                values.test(VectorOperators.IS_NAN).cast(INTS));
        ((ShortVector) kept.convertShape(VectorOperators.I2S, SHORTS, 0)).intoMemorySegment(out, at, LE);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** {@return {@code a * b + c}, rounded once or twice} */
    static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
        return FUSED ? a.fma(b, c) : a.mul(b).add(c);
    }

    private static boolean fused() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return jvm != null && Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException e) {
            // Another JVM, without that flag.
            return false;
        }
    }

    static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
        clamped = clamped.blend(HIGHEST, clamped.compare(VectorOperators.GT, HIGHEST));
        // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits.
        FloatVector shifted = multiplyAdd(clamped, all(1.442695f), all(12582912f));
        FloatVector n = shifted.sub(12582912f);
        FloatVector r = multiplyAdd(n, all(2.1219444e-4f), multiplyAdd(n, all(-0.6933594f), clamped));
        FloatVector square = r.mul(r);
        FloatVector p = multiplyAdd(r, all(1.9875691e-4f), all(1.3981999e-3f));
        p = multiplyAdd(p, r, all(8.333452e-3f));
        p = multiplyAdd(p, r, all(4.1665796e-2f));
        p = multiplyAdd(p, r, all(1.6666666e-1f));
        p = multiplyAdd(p, r, all(.5f));
        FloatVector value = multiplyAdd(p, square, r).add(1f);
        IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector result = value.reinterpretAsInts().add(exponent).reinterpretAsFloats();
        return result.blend(x, x.compare(VectorOperators.NE, x));
    }
}
