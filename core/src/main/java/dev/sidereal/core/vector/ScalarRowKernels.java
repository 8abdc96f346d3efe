package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The loops of {@link RowKernels} as they read in a book. */
final class ScalarRowKernels implements RowKernels {
    @Override
    public float squares(MemorySegment x, long at, int n) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            float value = get(x, at, i);
            sum += value * value;
        }
        return sum;
    }

    @Override
    public void scale(MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            set(out, outAt, i, get(x, at, i) * scale * get(gain, 0, i));
        }
    }

    @Override
    public void scaleToBf16(
            MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            out.set(SHORT, outAt + 2L * i, Rows.bf16(get(x, at, i) * scale * get(gain, 0, i)));
        }
    }

    @Override
    public void addScaled(
            MemorySegment x, long at, float scale, MemorySegment gain, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            set(out, outAt, i, get(out, outAt, i) + get(x, at, i) * scale * get(gain, 0, i));
        }
    }

    @Override
    public float largestMagnitude(MemorySegment x, long at, int n) {
        float largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(get(x, at, i)));
        }
        return largest;
    }

    @Override
    public void toInt8(MemorySegment x, long at, float scale, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            out.set(ValueLayout.JAVA_BYTE, outAt + i, (byte) Math.rint(get(x, at, i) * scale));
        }
    }

    @Override
    public void toBf16(MemorySegment x, long at, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            out.set(SHORT, outAt + 2L * i, Rows.bf16(get(x, at, i)));
        }
    }

    @Override
    public void swiGlu(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            set(out, outAt, i, gated(gateUp, at, n, i));
        }
    }

    @Override
    public void swiGluToBf16(MemorySegment gateUp, long at, int n, MemorySegment out, long outAt) {
        for (int i = 0; i < n; i++) {
            out.set(SHORT, outAt + 2L * i, Rows.bf16(gated(gateUp, at, n, i)));
        }
    }

    static float gated(MemorySegment gateUp, long at, int n, int i) {
        float gate = get(gateUp, at, i);
        return (float) (gate / (1 + Math.exp(-gate))) * get(gateUp, at, n + i);
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
        for (int i = 0; i < half; i++) {
            float a = get(x, at, i);
            float b = get(x, at, half + i);
            float cos = get(cosSin, angleAt, i) * scale;
            float sin = get(cosSin, angleAt, half + i) * scale;
            set(out, outAt, i, a * cos - b * sin);
            set(out, outAt, half + i, b * cos + a * sin);
        }
    }

    @Override
    public void softmax(MemorySegment x, long at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, get(x, at, i));
        }
        float sum = 0;
        for (int i = 0; i < n; i++) {
            float e = (float) Math.exp(get(x, at, i) - max);
            set(x, at, i, e);
            sum += e;
        }
        for (int i = 0; i < n; i++) {
            set(x, at, i, get(x, at, i) / sum);
        }
    }

    @Override
    public void dots(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt) {
        for (int r = 0; r < rows.count(); r++) {
            float sum = 0;
            for (int i = 0; i < rows.n(); i++) {
                sum += get(query, queryAt, i) * get(rows.data(), rows.row(r), i);
            }
            set(out, outAt, r, sum);
        }
    }

    @Override
    public void dotsOfBf16(MemorySegment query, long queryAt, RowRun rows, MemorySegment out, long outAt) {
        for (int r = 0; r < rows.count(); r++) {
            float sum = 0;
            for (int i = 0; i < rows.n(); i++) {
                sum += get(query, queryAt, i) * getBf16(rows.data(), rows.row(r), i);
            }
            set(out, outAt, r, sum);
        }
    }

    @Override
    public void addWeighted(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt) {
        for (int r = 0; r < rows.count(); r++) {
            float weight = get(weights, weightsAt, r);
            for (int i = 0; i < rows.n(); i++) {
                set(out, outAt, i, get(out, outAt, i) + weight * get(rows.data(), rows.row(r), i));
            }
        }
    }

    @Override
    public void addWeightedBf16(MemorySegment weights, long weightsAt, RowRun rows, MemorySegment out, long outAt) {
        for (int r = 0; r < rows.count(); r++) {
            float weight = get(weights, weightsAt, r);
            for (int i = 0; i < rows.n(); i++) {
                set(out, outAt, i, get(out, outAt, i) + weight * getBf16(rows.data(), rows.row(r), i));
            }
        }
    }

    @Override
    public float logSumExp(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) {
            max = Math.max(max, x[i]);
        }
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        float sum = 0;
        for (int i = from; i < from + n; i++) {
            sum += (float) Math.exp(x[i] - max);
        }
        return (float) (max + Math.log(sum));
    }

    @Override
    public float maxOfBf16(MemorySegment x, long at, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, getBf16(x, at, i));
        }
        return max;
    }

    @Override
    public float expOfBf16(MemorySegment x, long at, int n, float shift) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            float value = (float) Math.exp(getBf16(x, at, i) - shift);
            x.set(SHORT, at + 2L * i, Rows.bf16(value));
            sum += value;
        }
        return sum;
    }

    private static float getBf16(MemorySegment x, long at, int i) {
        return Rows.float32(x.get(SHORT, at + 2L * i));
    }

    private static float get(MemorySegment x, long at, int i) {
        return x.get(FLOAT, at + 4L * i);
    }

    private static void set(MemorySegment x, long at, int i, float value) {
        x.set(FLOAT, at + 4L * i, value);
    }
}
