package dev.sidereal.core.vector;

import static dev.sidereal.core.vector.SimdFloats.FLOATS;
import static dev.sidereal.core.vector.SimdFloats.INTS;
import static dev.sidereal.core.vector.SimdFloats.LANES;
import static dev.sidereal.core.vector.SimdFloats.LE;
import static dev.sidereal.core.vector.SimdFloats.all;
import static dev.sidereal.core.vector.SimdFloats.exp;
import static dev.sidereal.core.vector.SimdFloats.load;
import static dev.sidereal.core.vector.SimdFloats.loadBf16;
import static dev.sidereal.core.vector.SimdFloats.multiplyAdd;
import static dev.sidereal.core.vector.SimdFloats.storeBf16;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Row kernels on the Vector API. Only loaded where the module {@code jdk.incubator.vector} is there. */
final class SimdRowKernels implements RowKernels {
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, SimdFloats.BITS / 4)));
    private static final FloatVector NOTHING = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);

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
}
