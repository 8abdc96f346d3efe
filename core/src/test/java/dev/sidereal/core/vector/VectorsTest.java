package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VectorsTest {
    @Test
    void cosineIsTheDotProductOfDirections() {
        assertThat(Vectors.cosine(new float[] {3, 4}, new float[] {4, 3})).isCloseTo(0.96f, within(1e-6f));
        assertThat(Vectors.cosine(new float[] {1, 2, 3}, new float[] {-2, -4, -6}))
                .isEqualTo(-1f);
        assertThat(Vectors.cosine(new float[] {1, 2}, new float[2])).isZero();
        assertThat(Vectors.cosine(new float[] {1, Float.NaN}, new float[] {1, 1}))
                .isNaN();
    }

    @Test
    void normaliseGivesUnitLengthAndTellsTheFormer() {
        float[] vector = {3, 0, -4};

        assertThat(Vectors.normalise(vector)).isEqualTo(5f);
        assertThat(vector).containsExactly(0.6f, 0f, -0.8f);
    }

    @Test
    void normaliseCopesWithLengthsWhoseSquareIsOutOfRange() {
        float[] tiny = {3e-30f, 4e-30f};
        float[] huge = {3e30f, 4e30f};
        Vectors.normalise(tiny);
        Vectors.normalise(huge);

        assertThat(tiny[0]).isCloseTo(0.6f, within(1e-6f));
        assertThat(huge[1]).isCloseTo(0.8f, within(1e-6f));
    }

    @Test
    void normaliseLeavesZerosAlone() {
        float[] zeros = new float[3];

        assertThat(Vectors.normalise(zeros)).isZero();
        assertThat(zeros).containsOnly(0f);
    }

    @Property(tries = 200)
    void rowsScoreAsTheyDoOneByOne(
            @ForAll @IntRange(min = 1, max = 70) int dims, @ForAll @IntRange(max = 20) int count, @ForAll long seed) {
        Random random = new Random(seed);
        int first = random.nextInt(5);
        float[] query = floats(random, dims);
        float[] rows = floats(random, (first + count + 2) * dims);
        byte[] query8 = new byte[dims];
        float queryScale = Vectors.quantise(query, query8);
        float[] scales = floats(random, first + count + 2);
        float[] fromArray = new float[count + 1];
        float[] fromMemory = new float[count + 1];
        float[] fromBytes = new float[count + 1];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(4L * rows.length, 64);
            MemorySegment bytes = arena.allocate(rows.length);
            for (int i = 0; i < rows.length; i++) {
                memory.set(VectorKernels.FLOAT, 4L * i, rows[i]);
                bytes.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) (10 * rows[i]));
            }
            Vectors.dotRows(query, rows, first, count, fromArray);
            Vectors.dotRows(query, memory, first, count, fromMemory);
            Vectors.dotRows(query8, queryScale, bytes, scales, first, count, fromBytes);
        }
        for (int row = 0; row < count; row++) {
            double product = 0;
            double scale = 0;
            long product8 = 0;
            for (int i = 0; i < dims; i++) {
                float value = rows[(first + row) * dims + i];
                product += (double) query[i] * value;
                scale += Math.abs((double) query[i] * value);
                product8 += (long) query8[i] * (byte) (10 * value);
            }
            assertThat((double) fromArray[row]).isCloseTo(product, within(1e-5 * scale));
            assertThat((double) fromMemory[row]).isCloseTo(product, within(1e-5 * scale));
            double scaled = product8 * (double) queryScale * scales[first + row];
            assertThat((double) fromBytes[row]).isCloseTo(scaled, within(1e-5 * Math.abs(scaled)));
        }
        assertThat(new float[] {fromArray[count], fromMemory[count], fromBytes[count]})
                .containsOnly(0f);
    }

    @Property(tries = 200)
    void quantisingIsOffByHalfAScaleAtMost(
            @ForAll @Size(max = 100) float @FloatRange(min = -1e6f, max = 1e6f) [] vector) {
        byte[] bytes = new byte[vector.length];
        float scale = Vectors.quantise(vector, bytes);

        for (int i = 0; i < vector.length; i++) {
            assertThat((double) scale * bytes[i]).isCloseTo(vector[i], within(scale * 0.5001));
        }
    }

    @Test
    void quantisingUsesTheWholeRange() {
        byte[] bytes = new byte[4];

        assertThat(Vectors.quantise(new float[] {-2, 1, 0.5f, 0}, bytes)).isCloseTo(2f / 127, within(1e-9f));
        assertThat(bytes).containsExactly(-127, 64, 32, 0);
        assertThat(Vectors.quantise(new float[4], bytes)).isZero();
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void refusesToQuantiseWhatIsNotFinite() {
        assertThatThrownBy(() -> Vectors.quantise(new float[] {1, Float.NaN}, new byte[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a vector to be quantised must be finite, value 1 is NaN");
    }

    @Test
    void refusesVectorsOfDifferentDimensions() {
        String message = "vectors differ in dimensions: 3 and 4";
        refuses(() -> Vectors.dot(new float[3], new float[4]), message);
        refuses(() -> Vectors.dot(new byte[3], new byte[4]), message);
        refuses(() -> Vectors.squaredDistance(new float[3], new float[4]), message);
        refuses(() -> Vectors.cosine(new float[3], new float[4]), message);
        refuses(() -> Vectors.quantise(new float[3], new byte[4]), message);
    }

    @Test
    void refusesRowsThatAreNotThere() {
        float[] query = new float[4];
        float[] scores = new float[3];
        refuses(
                () -> Vectors.dotRows(query, new float[10], 0, 1, scores),
                "a matrix of 10 values has no whole rows of 4 dimensions");
        refuses(
                () -> Vectors.dotRows(query, new float[12], 1, 3, scores),
                "rows 1 to 4 are asked of a matrix of 3 rows of 4 dimensions");
        refuses(
                () -> Vectors.dotRows(query, MemorySegment.ofArray(new byte[48]), -1, 1, scores),
                "rows -1 to 0 are asked of a matrix of 3 rows of 4 dimensions");
        refuses(() -> Vectors.dotRows(query, new float[16], 0, 4, scores), "there is room for 3 scores, 4 are asked");
        refuses(
                () -> Vectors.dotRows(new byte[4], 1, MemorySegment.ofArray(new byte[12]), new float[2], 0, 3, scores),
                "rows 0 to 3 are asked of 2 scales");
        refuses(
                () -> Vectors.dot(new byte[70_000], new byte[70_000]),
                "a vector of bytes has at most 65536 dimensions, got 70000");
    }

    @Test
    void theLargestProductOfBytesFits() {
        byte[] lowest = new byte[Vectors.MAX_BYTE_DIMS];
        java.util.Arrays.fill(lowest, Byte.MIN_VALUE);

        assertThat(Vectors.dot(lowest, lowest)).isEqualTo(1 << 30);
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
