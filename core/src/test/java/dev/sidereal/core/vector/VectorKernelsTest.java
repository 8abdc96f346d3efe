package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The vector kernels against their scalar twin and a loop in double precision. */
class VectorKernelsTest {
    private static final VectorKernels[] TWINS = {new SimdKernels(), new ScalarKernels()};
    private static final double TOLERANCE = 1e-5;

    @Property
    void dotEqualsADoubleLoop(
            @ForAll @IntRange(max = 1100) int dims, @ForAll @IntRange(max = 40) int at, @ForAll long seed) {
        Random random = new Random(seed);
        float[] a = floats(random, dims);
        float[] b = floats(random, at + dims + 3);
        double sum = 0;
        double scale = 0;
        for (int i = 0; i < dims; i++) {
            sum += (double) a[i] * b[at + i];
            scale += Math.abs((double) a[i] * b[at + i]);
        }
        for (VectorKernels kernels : TWINS) {
            assertThat((double) kernels.dot(a, b, at)).as(kernels.name()).isCloseTo(sum, within(TOLERANCE * scale));
            assertThat(kernels.dot(a, segment(b), 4L * at)).as(kernels.name()).isEqualTo(kernels.dot(a, b, at));
        }
    }

    @Property
    void dotReadsUnalignedMemory(
            @ForAll @IntRange(max = 200) int dims, @ForAll @IntRange(max = 9) int shift, @ForAll long seed) {
        float[] a = floats(new Random(seed), dims);
        MemorySegment shifted = MemorySegment.ofArray(new byte[4 * dims + shift]);
        MemorySegment.copy(segment(a), 0, shifted, shift, 4L * dims);

        for (VectorKernels kernels : TWINS) {
            assertThat(kernels.dot(a, shifted, shift)).isEqualTo(kernels.dot(a, a, 0));
        }
    }

    @Property
    void squaredDistanceEqualsADoubleLoop(@ForAll @IntRange(max = 1100) int dims, @ForAll long seed) {
        Random random = new Random(seed);
        float[] a = floats(random, dims);
        float[] b = floats(random, dims);
        double sum = 0;
        for (int i = 0; i < dims; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        for (VectorKernels kernels : TWINS) {
            assertThat((double) kernels.squaredDistance(a, b))
                    .as(kernels.name())
                    .isCloseTo(sum, within(TOLERANCE * sum));
        }
    }

    @Property
    void dotOfBytesIsExact(
            @ForAll @IntRange(max = 1100) int dims, @ForAll @IntRange(max = 40) int at, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] a = new byte[dims];
        byte[] b = new byte[at + dims + 3];
        random.nextBytes(a);
        random.nextBytes(b);
        long sum = 0;
        for (int i = 0; i < dims; i++) {
            sum += (long) a[i] * b[at + i];
        }
        for (VectorKernels kernels : TWINS) {
            assertThat((long) kernels.dot(a, b, at)).as(kernels.name()).isEqualTo(sum);
            assertThat((long) kernels.dot(a, MemorySegment.ofArray(b), at))
                    .as(kernels.name())
                    .isEqualTo(sum);
        }
    }

    @Test
    void resultsKeepTheirBitsWhenTheCodeIsCompiled() {
        for (int dims : new int[] {17, 384}) {
            float[] a = floats(new Random(dims), dims);
            float[] b = floats(new Random(-dims), dims);
            MemorySegment memory = segment(b);
            for (VectorKernels kernels : TWINS) {
                float first = kernels.dot(a, b, 0);
                float distance = kernels.squaredDistance(a, b);
                for (int i = 0; i < 20_000; i++) {
                    assertTrue(kernels.dot(a, b, 0) == first);
                    assertTrue(kernels.dot(a, memory, 0) == first);
                    assertTrue(kernels.squaredDistance(a, b) == distance);
                }
            }
        }
    }

    @Property
    void oneNanMakesTheResultNan(@ForAll @IntRange(min = 1, max = 300) int dims, @ForAll long seed) {
        Random random = new Random(seed);
        float[] a = floats(random, dims);
        float[] b = floats(random, dims);
        b[random.nextInt(dims)] = Float.NaN;

        for (VectorKernels kernels : TWINS) {
            assertThat(kernels.dot(a, b, 0)).as(kernels.name()).isNaN();
            assertThat(kernels.dot(a, segment(b), 0)).as(kernels.name()).isNaN();
            assertThat(kernels.squaredDistance(a, b)).as(kernels.name()).isNaN();
        }
    }

    @Property
    void findsTheFirstValueThatIsNotFinite(@ForAll @IntRange(min = 1, max = 300) int dims, @ForAll long seed) {
        Random random = new Random(seed);
        float[] a = floats(random, dims);
        for (VectorKernels kernels : TWINS) {
            assertThat(kernels.firstNonFinite(a)).isEqualTo(-1);
        }
        int first = random.nextInt(dims);
        a[dims - 1] = Float.NaN;
        a[first] = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
        for (VectorKernels kernels : TWINS) {
            assertThat(kernels.firstNonFinite(a)).as(kernels.name()).isEqualTo(first);
        }
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static MemorySegment segment(float[] values) {
        MemorySegment segment = MemorySegment.ofArray(new byte[4 * values.length]);
        for (int i = 0; i < values.length; i++) {
            segment.set(VectorKernels.FLOAT, 4L * i, values[i]);
        }
        return segment;
    }
}
