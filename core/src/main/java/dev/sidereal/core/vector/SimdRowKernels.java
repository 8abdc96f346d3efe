package dev.sidereal.core.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row kernels on the Vector API. The exponential is a polynomial of degree 6 on a reduced argument (Cephes' {@code expf}),
 * relative error below 2e-7; a library call a vector would cost more. Multiplications and additions are fused only where
 * the JVM says that the CPU can; elsewhere a fused one would be emulated a thousand times slower.
 *
 * <p>Only loaded where the module {@code jdk.incubator.vector} is there.
 */
final class SimdRowKernels implements RowKernels {
    private static final int BITS = Math.min(512, IntVector.SPECIES_PREFERRED.vectorBitSize());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, BITS / 2)));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, BITS / 4)));
    private static final VectorSpecies<Short> HALVES = VectorSpecies.of(short.class, VectorShape.forBitSize(BITS));
    private static final int LANES = FLOATS.length();
    private static final IntVector COUNT = IntVector.zero(INTS).addIndex(1);
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private static final FloatVector NOTHING = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);

    /** Where the exponential is still a normal number. */
    private static final float LOWEST = -87.33654f;

    private static final float HIGHEST = 88.37626f;

    private static final boolean FUSED = fused();

    private final ScalarRowKernels scalar = new ScalarRowKernels();

    @Override
    public float squares(MemorySegment x, long at, int n) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            FloatVector a = load(x, at, i);
            FloatVector b = load(x, at, i + LANES);
            sum0 = multiplyAdd(a, a, sum0);
            sum1 = multiplyAdd(b, b, sum1);
        }
        for (; i <= n - LANES; i += LANES) {
            FloatVector a = load(x, at, i);
            sum0 = multiplyAdd(a, a, sum0);
        }
        return SimdKernels.total(sum0.add(sum1)) + scalar.squares(x, at + 4L * i, n - i);
    }

    @Override
    public void scale(MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            load(x, at, i).mul(scale).mul(load(gain, 0, i)).intoMemorySegment(out, outAt + 4L * i, LE);
        }
        if (i < n) {
            scalar.scale(x, at + 4L * i, scale, gain.asSlice(4L * i), n - i, out, outAt + 4L * i);
        }
    }

    @Override
    public void scaleToBf16(
            MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            storeBf16(load(x, at, i).mul(scale).mul(load(gain, 0, i)), out, outAt + 2L * i);
        }
        if (i < n) {
            scalar.scaleToBf16(x, at + 4L * i, scale, gain.asSlice(4L * i), n - i, out, outAt + 2L * i);
        }
    }

    @Override
    public void addScaled(
            MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            multiplyAdd(load(x, at, i).mul(scale), load(gain, 0, i), load(out, outAt, i))
                    .intoMemorySegment(out, outAt + 4L * i, LE);
        }
        if (i < n) {
            scalar.addScaled(x, at + 4L * i, scale, gain.asSlice(4L * i), n - i, out, outAt + 4L * i);
        }
    }

    @Override
    public float largestMagnitude(MemorySegment x, long at, int n) {
        // Magnitudes are ordered as their bits are, and NaN is above all of them.
        IntVector largest = IntVector.zero(INTS);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            largest = largest.max(load(x, at, i).reinterpretAsInts().and(Integer.MAX_VALUE));
        }
        float rest = scalar.largestMagnitude(x, at + 4L * i, n - i);
        return Math.max(rest, Float.intBitsToFloat(largest.reduceLanes(VectorOperators.MAX)));
    }

    @Override
    public void toInt8(MemorySegment x, long at, float scale, int n, MemorySegment out, long outAt) {
        int i = 0;
        // The smallest vectors of bytes are longer than those of four floats; these go the plain way.
        for (; LANES == BYTES.length() && i <= n - LANES; i += LANES) {
            // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits.
            IntVector rounded =
                    multiplyAdd(load(x, at, i), all(scale), all(12582912f)).reinterpretAsInts();
            ((ByteVector) rounded.convertShape(VectorOperators.I2B, BYTES, 0)).intoMemorySegment(out, outAt + i, LE);
        }
        scalar.toInt8(x, at + 4L * i, scale, n - i, out, outAt + i);
    }

    @Override
    public void toBf16(MemorySegment x, long at, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            storeBf16(load(x, at, i), out, outAt + 2L * i);
        }
        scalar.toBf16(x, at + 4L * i, n - i, out, outAt + 2L * i);
    }

    @Override
    public void swiGlu(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            gated(gateUp, at, n, i).intoMemorySegment(out, outAt + 4L * i, LE);
        }
        for (; i < n; i++) {
            out.set(FLOAT, outAt + 4L * i, ScalarRowKernels.gated(gateUp, at, n, i));
        }
    }

    @Override
    public void swiGluToBf16(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            storeBf16(gated(gateUp, at, n, i), out, outAt + 2L * i);
        }
        for (; i < n; i++) {
            out.set(SHORT, outAt + 2L * i, Rows.bf16(ScalarRowKernels.gated(gateUp, at, n, i)));
        }
    }

    private static FloatVector gated(MemorySegment gateUp, long at, int n, int i) {
        FloatVector gate = load(gateUp, at, i);
        return gate.div(exp(gate.neg()).add(1)).mul(load(gateUp, at, n + i));
    }

    @Override
    public void rotate(
            MemorySegment x,
            long at,
            int n,
            MemorySegment cosSin,
            long angleAt,
            float scale,
            MemorySegment out,
            long outAt) {
        int half = n / 2;
        int i = 0;
        for (; i <= half - LANES; i += LANES) {
            FloatVector a = load(x, at, i);
            FloatVector b = load(x, at, half + i);
            FloatVector cos = load(cosSin, angleAt, i).mul(scale);
            FloatVector sin = load(cosSin, angleAt, half + i).mul(scale);
            multiplyAdd(a, cos, b.mul(sin).neg()).intoMemorySegment(out, outAt + 4L * i, LE);
            multiplyAdd(b, cos, a.mul(sin)).intoMemorySegment(out, outAt + 4L * (half + i), LE);
        }
        for (; i < half; i++) {
            float a = x.get(FLOAT, at + 4L * i);
            float b = x.get(FLOAT, at + 4L * (half + i));
            float cos = cosSin.get(FLOAT, angleAt + 4L * i) * scale;
            float sin = cosSin.get(FLOAT, angleAt + 4L * (half + i)) * scale;
            out.set(FLOAT, outAt + 4L * i, a * cos - b * sin);
            out.set(FLOAT, outAt + 4L * (half + i), b * cos + a * sin);
        }
    }

    @Override
    public void softmax(MemorySegment x, long at, int n) {
        int whole = n - n % LANES;
        VectorMask<Float> rest = FLOATS.indexInRange(whole, n);
        IntVector maxima = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        for (int i = 0; i < whole; i += LANES) {
            maxima = maxima.max(ordered(load(x, at, i)));
        }
        FloatVector tail = NOTHING;
        if (whole < n) {
            tail = NOTHING.blend(load(x, at, whole, rest), rest);
            maxima = maxima.max(ordered(tail));
        }
        float max = largest(maxima);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector e = exp(load(x, at, i).sub(max));
            e.intoMemorySegment(x, at + 4L * i, LE);
            sums = sums.add(e);
        }
        FloatVector last = exp(tail.sub(max));
        float inverse = 1 / SimdKernels.total(sums.add(last, rest));
        for (int i = 0; i < whole; i += LANES) {
            load(x, at, i).mul(inverse).intoMemorySegment(x, at + 4L * i, LE);
        }
        if (whole < n) {
            last.mul(inverse).intoMemorySegment(x, at + 4L * whole, LE, rest);
        }
    }

    @Override
    public void dots(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt) {
        MemorySegment data = rows.data();
        int n = rows.n();
        int whole = n - n % LANES;
        for (int r = 0; r < rows.count(); r++) {
            long row = rows.row(r);
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = FloatVector.zero(FLOATS);
            int i = 0;
            for (; i <= whole - 2 * LANES; i += 2 * LANES) {
                sum0 = multiplyAdd(load(query, queryAt, i), load(data, row, i), sum0);
                sum1 = multiplyAdd(load(query, queryAt, i + LANES), load(data, row, i + LANES), sum1);
            }
            if (i < whole) {
                sum0 = multiplyAdd(load(query, queryAt, i), load(data, row, i), sum0);
            }
            float sum = SimdKernels.total(sum0.add(sum1));
            for (i = whole; i < n; i++) {
                sum += query.get(FLOAT, queryAt + 4L * i) * data.get(FLOAT, row + 4L * i);
            }
            out.set(FLOAT, outAt + 4L * r, sum);
        }
    }

    @Override
    public void dotsOfBf16(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt) {
        MemorySegment data = rows.data();
        int n = rows.n();
        int whole = n - n % LANES;
        for (int r = 0; r < rows.count(); r++) {
            long row = rows.row(r);
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = FloatVector.zero(FLOATS);
            int i = 0;
            for (; i <= whole - 2 * LANES; i += 2 * LANES) {
                sum0 = multiplyAdd(load(query, queryAt, i), loadBf16(data, row, i), sum0);
                sum1 = multiplyAdd(load(query, queryAt, i + LANES), loadBf16(data, row, i + LANES), sum1);
            }
            if (i < whole) {
                sum0 = multiplyAdd(load(query, queryAt, i), loadBf16(data, row, i), sum0);
            }
            float sum = SimdKernels.total(sum0.add(sum1));
            for (i = whole; i < n; i++) {
                sum += query.get(FLOAT, queryAt + 4L * i) * Rows.float32(data.get(SHORT, row + 2L * i));
            }
            out.set(FLOAT, outAt + 4L * r, sum);
        }
    }

    @Override
    public void addWeighted(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt) {
        MemorySegment data = rows.data();
        int n = rows.n();
        int count = rows.count();
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            FloatVector sum0 = load(out, outAt, i);
            FloatVector sum1 = load(out, outAt, i + LANES);
            FloatVector sum2 = load(out, outAt, i + 2 * LANES);
            FloatVector sum3 = load(out, outAt, i + 3 * LANES);
            for (int r = 0; r < count; r++) {
                long row = rows.row(r);
                FloatVector weight = all(weights.get(FLOAT, weightsAt + 4L * r));
                sum0 = multiplyAdd(load(data, row, i), weight, sum0);
                sum1 = multiplyAdd(load(data, row, i + LANES), weight, sum1);
                sum2 = multiplyAdd(load(data, row, i + 2 * LANES), weight, sum2);
                sum3 = multiplyAdd(load(data, row, i + 3 * LANES), weight, sum3);
            }
            sum0.intoMemorySegment(out, outAt + 4L * i, LE);
            sum1.intoMemorySegment(out, outAt + 4L * (i + LANES), LE);
            sum2.intoMemorySegment(out, outAt + 4L * (i + 2 * LANES), LE);
            sum3.intoMemorySegment(out, outAt + 4L * (i + 3 * LANES), LE);
        }
        for (; i <= n - LANES; i += LANES) {
            FloatVector sum = load(out, outAt, i);
            for (int r = 0; r < count; r++) {
                FloatVector weight = all(weights.get(FLOAT, weightsAt + 4L * r));
                sum = multiplyAdd(load(data, rows.row(r), i), weight, sum);
            }
            sum.intoMemorySegment(out, outAt + 4L * i, LE);
        }
        if (i < n) {
            scalar.addWeighted(weights, weightsAt, rows.from(i), out, outAt + 4L * i);
        }
    }

    @Override
    public void addWeightedBf16(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt) {
        MemorySegment data = rows.data();
        int n = rows.n();
        int count = rows.count();
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            FloatVector sum0 = load(out, outAt, i);
            FloatVector sum1 = load(out, outAt, i + LANES);
            FloatVector sum2 = load(out, outAt, i + 2 * LANES);
            FloatVector sum3 = load(out, outAt, i + 3 * LANES);
            for (int r = 0; r < count; r++) {
                long row = rows.row(r);
                FloatVector weight = all(weights.get(FLOAT, weightsAt + 4L * r));
                sum0 = multiplyAdd(loadBf16(data, row, i), weight, sum0);
                sum1 = multiplyAdd(loadBf16(data, row, i + LANES), weight, sum1);
                sum2 = multiplyAdd(loadBf16(data, row, i + 2 * LANES), weight, sum2);
                sum3 = multiplyAdd(loadBf16(data, row, i + 3 * LANES), weight, sum3);
            }
            sum0.intoMemorySegment(out, outAt + 4L * i, LE);
            sum1.intoMemorySegment(out, outAt + 4L * (i + LANES), LE);
            sum2.intoMemorySegment(out, outAt + 4L * (i + 2 * LANES), LE);
            sum3.intoMemorySegment(out, outAt + 4L * (i + 3 * LANES), LE);
        }
        for (; i <= n - LANES; i += LANES) {
            FloatVector sum = load(out, outAt, i);
            for (int r = 0; r < count; r++) {
                FloatVector weight = all(weights.get(FLOAT, weightsAt + 4L * r));
                sum = multiplyAdd(loadBf16(data, rows.row(r), i), weight, sum);
            }
            sum.intoMemorySegment(out, outAt + 4L * i, LE);
        }
        if (i < n) {
            scalar.addWeightedBf16(weights, weightsAt, rows.from(i), out, outAt + 4L * i);
        }
    }

    @Override
    public void adam(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            long at,
            int n,
            AdamMove move) {
        FloatVector towards = all((float) (1 - move.beta1()));
        FloatVector fresh = all((float) (1 - move.beta2()));
        FloatVector beta2 = all((float) move.beta2());
        float rootInverse = (float) (1 / move.rootCorrection());
        float epsilon = (float) move.epsilon();
        float scale = (float) move.gradientScale();
        float kept = (float) move.kept();
        float rate = (float) move.rate();
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector g = load(gradients, at, i).mul(scale);
            FloatVector old = load(means, at, i);
            FloatVector mean = multiplyAdd(g.sub(old), towards, old);
            FloatVector square =
                    multiplyAdd(load(squares, at, i), beta2, g.mul(g).mul(fresh));
            FloatVector divisor = square.sqrt().mul(rootInverse).add(epsilon);
            FloatVector rest = load(parameters, at, i).mul(kept);
            mean.intoMemorySegment(means, at + 4L * i, LE);
            square.intoMemorySegment(squares, at + 4L * i, LE);
            rest.sub(mean.mul(rate).div(divisor)).intoMemorySegment(parameters, at + 4L * i, LE);
        }
        scalar.adam(parameters, gradients, means, squares, at + 4L * i, n - i, move);
    }

    @Override
    public void randomMask(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            ShortVector bits = random(seed, first + i);
            for (int part = 0; part < 2; part++) {
                IntVector wide = bits.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, part)
                        .reinterpretAsInts();
                all(kept)
                        .blend(0, wide.compare(VectorOperators.LT, threshold).cast(FLOATS))
                        .intoMemorySegment(out, outAt + 4L * (i + part * LANES), LE);
            }
        }
        scalar.randomMask(seed, first + i, n - i, threshold, kept, out, outAt + 4L * i);
    }

    @Override
    public void randomMaskBf16(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        ShortVector rounded = ShortVector.broadcast(HALVES, Rows.bf16(kept));
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            rounded.blend(0, random(seed, first + i).compare(VectorOperators.ULT, (short) threshold))
                    .intoMemorySegment(out, outAt + 2L * i, LE);
        }
        scalar.randomMaskBf16(seed, first + i, n - i, threshold, kept, out, outAt + 2L * i);
    }

    private static ShortVector random(long seed, long place) {
        IntVector counters = COUNT.add((int) (place >>> 1));
        IntVector once = mixed(counters.lanewise(VectorOperators.XOR, (int) seed));
        return mixed(once.lanewise(VectorOperators.XOR, (int) (seed >>> 32) ^ (int) (place >>> 33)))
                .reinterpretAsShorts();
    }

    private static IntVector mixed(IntVector x) {
        IntVector a = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(0x85ebca6b);
        IntVector b = a.lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.LSHR, 13))
                .mul(0xc2b2ae35);
        return b.lanewise(VectorOperators.XOR, b.lanewise(VectorOperators.LSHR, 16));
    }

    @Override
    public float logSumExp(float[] x, int from, int n) {
        int end = from + n;
        int whole = end - n % LANES;
        VectorMask<Float> rest = FLOATS.indexInRange(whole, end);
        IntVector maxima = IntVector.broadcast(INTS, Integer.MIN_VALUE);
        for (int i = from; i < whole; i += LANES) {
            maxima = maxima.max(ordered(FloatVector.fromArray(FLOATS, x, i)));
        }
        FloatVector tail = NOTHING;
        if (whole < end) {
            tail = NOTHING.blend(FloatVector.fromArray(FLOATS, x, whole, rest), rest);
            maxima = maxima.max(ordered(tail));
        }
        float max = largest(maxima);
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = from; i < whole; i += LANES) {
            sums = sums.add(exp(FloatVector.fromArray(FLOATS, x, i).sub(max)));
        }
        float sum = SimdKernels.total(sums.add(exp(tail.sub(max)), rest));
        return (float) (max + Math.log(sum));
    }

    @Override
    public float maxOfBf16(MemorySegment x, long at, int n) {
        IntVector max0 = ordered(NOTHING);
        IntVector max1 = max0;
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            max0 = max0.max(ordered(loadBf16(x, at, i)));
            max1 = max1.max(ordered(loadBf16(x, at, i + LANES)));
        }
        return Math.max(largest(max0.max(max1)), scalar.maxOfBf16(x, at + 2L * i, n - i));
    }

    @Override
    public float expOfBf16(MemorySegment x, long at, int n, float shift) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector value = exp(loadBf16(x, at, i).sub(shift));
            sums = sums.add(value);
            storeBf16(value, x, at + 2L * i);
        }
        return SimdKernels.total(sums) + scalar.expOfBf16(x, at + 2L * i, n - i, shift);
    }

    /** {@return ints in the order of the floats} The maximum of floats that Java defines costs five times that of ints. */
    private static IntVector ordered(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        return bits.lanewise(
                VectorOperators.XOR, bits.lanewise(VectorOperators.ASHR, 31).and(Integer.MAX_VALUE));
    }

    /** {@return the float whose ordered form is the largest of the lanes} */
    private static float largest(IntVector ordered) {
        int largest = ordered.reduceLanes(VectorOperators.MAX);
        return Float.intBitsToFloat(largest ^ (largest >> 31 & Integer.MAX_VALUE));
    }

    private static FloatVector load(MemorySegment x, long at, int i, VectorMask<Float> lanes) {
        return FloatVector.fromMemorySegment(FLOATS, x, at + 4L * i, LE, lanes);
    }

    private static FloatVector load(MemorySegment x, long at, int i) {
        return FloatVector.fromMemorySegment(FLOATS, x, at + 4L * i, LE);
    }

    private static FloatVector loadBf16(MemorySegment x, long at, int i) {
        return ShortVector.fromMemorySegment(SHORTS, x, at + 2L * i, LE)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    /** Rounds to nearest, ties to even, as {@link Rows#bf16}; NaN stays NaN. */
    private static void storeBf16(FloatVector values, MemorySegment out, long at) {
        IntVector bits = values.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
        IntVector rounded = bits.add(0x7fff).add(odd).lanewise(VectorOperators.LSHR, 16);
        IntVector kept = rounded.blend(
                bits.lanewise(VectorOperators.LSHR, 16).or(0x40),
                values.test(VectorOperators.IS_NAN).cast(INTS));
        ((ShortVector) kept.convertShape(VectorOperators.I2S, SHORTS, 0)).intoMemorySegment(out, at, LE);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** {@return {@code a * b + c}, rounded once or twice} */
    private static FloatVector multiplyAdd(FloatVector a, FloatVector b, FloatVector c) {
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

    private static FloatVector exp(FloatVector x) {
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
