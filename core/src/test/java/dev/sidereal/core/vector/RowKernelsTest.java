package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The kernels in use against the definitions in doubles, at odd lengths. */
class RowKernelsTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Property(tries = 150)
    void softmaxSumsToOneAndFollowsTheExponentials(@ForAll long seed, @ForAll @IntRange(min = 1, max = 150) int n) {
        both((kernels, arena) -> {
            float[] x = values(seed, n, 20);
            MemorySegment rows = arena.allocate(4L * n + 8);
            rows.set(FLOAT, 4L * n + 4, 7f);
            MemorySegment.copy(x, 0, rows, FLOAT, 4, n);
            kernels.softmax(rows, 4, n);
            double max = Double.NEGATIVE_INFINITY;
            for (float value : x) {
                max = Math.max(max, value);
            }
            double total = 0;
            for (float value : x) {
                total += Math.exp(value - max);
            }
            for (int i = 0; i < n; i++) {
                double expected = Math.exp(x[i] - max) / total;
                assertThat((double) rows.get(FLOAT, 4L * i + 4)).isCloseTo(expected, within(1e-6 + 1e-5 * expected));
            }
            assertThat(rows.get(FLOAT, 4L * n + 4)).isEqualTo(7f);
            assertThat((double) kernels.logSumExp(x, 0, n)).isCloseTo(max + Math.log(total), within(1e-5));
        });
    }

    @Property(tries = 100)
    void exponentialsOfShortFloatsSumToTheDivisorOfASoftmax(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int n) {
        both((kernels, arena) -> {
            float[] x = values(seed, n, 10);
            MemorySegment row = arena.allocate(2L * n + 2);
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                row.set(ValueLayout.JAVA_SHORT, 2L * i, Rows.bf16(x[i]));
                x[i] = Rows.float32(Rows.bf16(x[i]));
                max = Math.max(max, x[i]);
            }
            row.set(ValueLayout.JAVA_SHORT, 2L * n, (short) 77);
            assertThat(kernels.maxOfBf16(row, 0, n)).isEqualTo(max);
            double total = 0;
            float sum = kernels.expOfBf16(row, 0, n, max);
            for (int i = 0; i < n; i++) {
                double expected = Math.exp((double) x[i] - max);
                total += expected;
                assertThat((double) Rows.float32(row.get(ValueLayout.JAVA_SHORT, 2L * i)))
                        .isCloseTo(expected, within(1e-37 + 0.004 * expected));
            }
            assertThat((double) sum).isCloseTo(total, within(1e-5 * total));
            assertThat(row.get(ValueLayout.JAVA_SHORT, 2L * n)).isEqualTo((short) 77);
        });
    }

    @Property(tries = 100)
    void swiGluGatesEachValue(@ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int n) {
        both((kernels, arena) -> {
            float[] x = values(seed, 2 * n, 30);
            MemorySegment rows = arena.allocate(8L * n);
            MemorySegment.copy(x, 0, rows, FLOAT, 0, 2 * n);
            MemorySegment out = arena.allocate(4L * n);
            MemorySegment rounded = arena.allocate(2L * n);
            kernels.swiGlu(rows, 0, n, out, 0);
            kernels.swiGluToBf16(rows, 0, n, rounded, 0);
            for (int i = 0; i < n; i++) {
                double expected = x[i] / (1 + Math.exp(-x[i])) * x[n + i];
                assertThat((double) out.get(FLOAT, 4L * i))
                        .isCloseTo(expected, within(1e-5 + 1e-5 * Math.abs(expected)));
                assertThat(rounded.get(ValueLayout.JAVA_SHORT, 2L * i)).isEqualTo(Rows.bf16(out.get(FLOAT, 4L * i)));
            }
        });
    }

    @Property(tries = 100)
    void rotationKeepsLengthsAndTurnsByTheAngle(@ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int half) {
        both((kernels, arena) -> {
            float[] x = values(seed, 2 * half, 3);
            Random random = new Random(seed + 1);
            MemorySegment rows = arena.allocate(8L * half);
            MemorySegment.copy(x, 0, rows, FLOAT, 0, 2 * half);
            MemorySegment angles = arena.allocate(8L * half);
            double[] angle = random.doubles(half, 0, 6).toArray();
            for (int i = 0; i < half; i++) {
                angles.set(FLOAT, 4L * i, (float) Math.cos(angle[i]));
                angles.set(FLOAT, 4L * (half + i), (float) Math.sin(angle[i]));
            }
            MemorySegment out = arena.allocate(8L * half);
            kernels.rotate(rows, 0, 2 * half, angles, 0, 2f, out, 0);
            for (int i = 0; i < half; i++) {
                double length = 2 * Math.hypot(x[i], x[half + i]);
                double at = Math.atan2(x[half + i], x[i]) + angle[i];
                assertThat((double) out.get(FLOAT, 4L * i)).isCloseTo(length * Math.cos(at), within(1e-4));
                assertThat((double) out.get(FLOAT, 4L * (half + i))).isCloseTo(length * Math.sin(at), within(1e-4));
            }
        });
    }

    @Property(tries = 100)
    void dotsAndWeightedSumsAreThoseOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 140) int n,
            @ForAll @IntRange(max = 9) int count,
            @ForAll boolean bf16) {
        both((kernels, arena) -> {
            int stride = n + 3;
            float[] query = values(seed, n, 2);
            float[] table = values(seed + 1, Math.max(1, count) * stride, 2);
            MemorySegment q = arena.allocateFrom(FLOAT, query);
            MemorySegment data = arena.allocateFrom(FLOAT, table);
            if (bf16) {
                data = arena.allocate(2L * table.length);
                for (int i = 0; i < table.length; i++) {
                    short rounded = Rows.bf16(table[i]);
                    data.set(RowKernels.SHORT, 2L * i, rounded);
                    table[i] = Rows.float32(rounded);
                }
            }
            RowRun rows = new RowRun(data, 0, (bf16 ? 2L : 4L) * stride, count, n, bf16);
            MemorySegment dots = arena.allocate(4L * count + 4);
            MemorySegment out = arena.allocateFrom(FLOAT, query);
            if (bf16) {
                kernels.dotsOfBf16(q, 0, rows, dots, 0);
                kernels.addWeightedBf16(dots, 0, rows, out, 0);
            } else {
                kernels.dots(q, 0, rows, dots, 0);
                kernels.addWeighted(dots, 0, rows, out, 0);
            }
            double[] sum = new double[n];
            for (int r = 0; r < count; r++) {
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += (double) query[i] * table[r * stride + i];
                }
                assertThat((double) dots.get(FLOAT, 4L * r)).isCloseTo(dot, within(1e-3));
                for (int i = 0; i < n; i++) {
                    sum[i] += (double) dots.get(FLOAT, 4L * r) * table[r * stride + i];
                }
            }
            for (int i = 0; i < n; i++) {
                assertThat((double) out.get(FLOAT, 4L * i)).isCloseTo(query[i] + sum[i], within(1e-2));
            }
        });
    }

    @Property(tries = 100)
    void normalisationScalesByTheRootMeanSquare(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int n) {
        float[] x = values(seed, n, 4);
        float[] gain = values(seed + 1, n, 2);
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        double scale = 1 / Math.sqrt(squares / n + 1e-6);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocateFrom(FLOAT, x);
            MemorySegment gains = arena.allocateFrom(FLOAT, gain);
            MemorySegment out = arena.allocate(4L * n);
            MemorySegment rounded = arena.allocate(2L * n);
            Rows.rmsNorm(rows, 0, n, gains, 1e-6, false, out, 0);
            Rows.rmsNorm(rows, 0, n, gains, 1e-6, true, rounded, 0);
            for (int i = 0; i < n; i++) {
                double expected = x[i] * scale * gain[i];
                assertThat((double) out.get(FLOAT, 4L * i))
                        .isCloseTo(expected, within(1e-5 + 1e-5 * Math.abs(expected)));
                assertThat(rounded.get(ValueLayout.JAVA_SHORT, 2L * i)).isEqualTo(Rows.bf16(out.get(FLOAT, 4L * i)));
            }
        }
    }

    @Property(tries = 100)
    void bytesAreTheNearestOfTheirScale(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int n) {
        float[] x = values(seed, n, 3);
        both((kernels, arena) -> {
            MemorySegment row = arena.allocateFrom(FLOAT, x);
            float largest = kernels.largestMagnitude(row, 0, n);
            float expected = 0;
            for (float value : x) {
                expected = Math.max(expected, Math.abs(value));
            }
            assertThat(largest).isEqualTo(expected);
            MemorySegment bytes = arena.allocate(n + 1L);
            bytes.set(ValueLayout.JAVA_BYTE, n, (byte) 77);
            kernels.toInt8(row, 0, 127 / largest, n, bytes, 0);
            for (int i = 0; i < n; i++) {
                double exact = x[i] * 127.0 / largest;
                assertThat((double) bytes.get(ValueLayout.JAVA_BYTE, i)).isCloseTo(exact, within(0.5001));
            }
            assertThat(bytes.get(ValueLayout.JAVA_BYTE, n)).isEqualTo((byte) 77);
        });
    }

    @Property(tries = 100)
    void scaledColumnsAreAddedOrSet(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int n) {
        float[] x = values(seed, n, 3);
        float[] gain = values(seed + 1, n, 2);
        both((kernels, arena) -> {
            MemorySegment row = arena.allocateFrom(FLOAT, x);
            MemorySegment gains = arena.allocateFrom(FLOAT, gain);
            MemorySegment out = arena.allocateFrom(FLOAT, gain);
            kernels.addScaled(row, 0, 0.3f, gains, n, out, 0);
            kernels.scale(row, 0, 0.3f, gains, n, row, 0);
            for (int i = 0; i < n; i++) {
                double product = x[i] * 0.3 * gain[i];
                assertThat((double) row.get(FLOAT, 4L * i)).isCloseTo(product, within(1e-5));
                assertThat((double) out.get(FLOAT, 4L * i)).isCloseTo(product + gain[i], within(1e-5));
            }
        });
    }

    @Test
    void bytesOfNothingAreZeroAndWhatIsNotANumberMakesTheScaleOne() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(40);
            assertThat(Rows.toInt8(arena.allocate(160), 0, 40, bytes, 0)).isZero();
            assertThat(bytes.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            for (int at : new int[] {3, 39}) {
                float[] x = new float[40];
                x[at] = Float.NaN;
                assertThat(Rows.toInt8(arena.allocateFrom(FLOAT, x), 0, 40, bytes, 0))
                        .isNaN();
                x[at] = Float.NEGATIVE_INFINITY;
                assertThat(Rows.toInt8(arena.allocateFrom(FLOAT, x), 0, 40, bytes, 0))
                        .isInfinite();
            }
        }
    }

    @Property(tries = 500)
    void bfloat16IsTheNearestWithTiesToEven(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        float rounded = Rows.float32(Rows.bf16(value));
        if (Float.isNaN(value)) {
            assertThat(rounded).isNaN();
            return;
        }
        float below = Float.intBitsToFloat(bits & 0xffff0000);
        float above = Float.intBitsToFloat((bits & 0xffff0000) + 0x10000);
        assertThat(rounded).isIn(below, above);
        if (Float.isFinite(value) && Float.isFinite(above)) {
            double down = Math.abs((double) value - below);
            double up = Math.abs((double) above - value);
            float nearest = down < up ? below : up < down ? above : (bits & 0x10000) == 0 ? below : above;
            assertThat(rounded).isEqualTo(nearest);
        }
    }

    @Test
    void whatIsNotANumberStaysOne() {
        both((kernels, arena) -> {
            float[] x = new float[40];
            x[37] = Float.NaN;
            MemorySegment rows = arena.allocateFrom(FLOAT, x);
            kernels.softmax(rows, 0, 40);
            assertThat(rows.get(FLOAT, 0)).isNaN();
            MemorySegment rounded = arena.allocate(80);
            kernels.toBf16(arena.allocateFrom(FLOAT, x), 0, 40, rounded, 0);
            assertThat(Rows.float32(rounded.get(ValueLayout.JAVA_SHORT, 74))).isNaN();
            assertThat(kernels.logSumExp(new float[] {Float.NEGATIVE_INFINITY}, 0, 1))
                    .isEqualTo(Float.NEGATIVE_INFINITY);
        });
    }

    private interface Body {
        void run(RowKernels kernels, Arena arena);
    }

    private static void both(Body body) {
        for (RowKernels kernels : new RowKernels[] {new ScalarRowKernels(), new SimdRowKernels()}) {
            try (Arena arena = Arena.ofConfined()) {
                body.run(kernels, arena);
            }
        }
    }

    private static float[] values(long seed, int n, float spread) {
        Random random = new Random(seed);
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = spread * (float) random.nextGaussian();
        }
        return out;
    }
}
