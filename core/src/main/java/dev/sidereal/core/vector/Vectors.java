package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Arithmetic on vectors of floats and of signed bytes. Runs on the Vector API where the JVM was started with
 * {@code --add-modules jdk.incubator.vector}, in plain Java elsewhere; both give the same up to rounding. Sums are
 * single precision, within a relative 1e-5 of the sum of the terms' absolute values; squares of values below 1e-19 or
 * above 1e19 are lost to its range. NaN in a vector gives NaN. In one process, equal
 * vectors give equal bits wherever they lie and whichever function compares them, so that ties are true ties.
 *
 * <p>Rows in native or mapped memory that begin at a multiple of 64 bytes are read fastest: a row of an array never
 * does, so that each load spans two cache lines.
 *
 * <p>Static and thread-safe. Every function costs O(dims) a vector and throws {@link IllegalArgumentException} if
 * lengths do not agree.
 */
public final class Vectors {
    /** The longest vector of bytes whose dot product fits an int. */
    public static final int MAX_BYTE_DIMS = 1 << 16;

    private static final int BYTE_LEVELS = 127;
    private static final VectorKernels KERNELS = choose();

    private Vectors() {}

    /** Without the module {@link SimdKernels} must not even be loaded. */
    private static VectorKernels choose() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return module && SimdKernels.worthwhile() ? new SimdKernels() : new ScalarKernels();
    }

    /** {@return whether the Vector API is in use} */
    public static boolean isSimd() {
        return !(KERNELS instanceof ScalarKernels);
    }

    /** {@return what is in use, for diagnostics: {@code simd512}, {@code simd256}, {@code simd128} or {@code scalar}} */
    public static String kernels() {
        return KERNELS.name();
    }

    /** {@return the dot product} */
    public static float dot(float[] a, float[] b) {
        checkDims(a.length, b.length);
        return KERNELS.dot(a, b, 0);
    }

    /** {@return the squared Euclidean distance} */
    public static float squaredDistance(float[] a, float[] b) {
        checkDims(a.length, b.length);
        return KERNELS.squaredDistance(a, b);
    }

    /** {@return the cosine of the angle between the vectors, -1 to 1; 0 if one of them is all zeros} */
    public static float cosine(float[] a, float[] b) {
        checkDims(a.length, b.length);
        double lengths = Math.sqrt((double) KERNELS.dot(a, a, 0) * KERNELS.dot(b, b, 0));
        return lengths == 0 ? 0 : (float) Math.clamp(KERNELS.dot(a, b, 0) / lengths, -1.0, 1.0);
    }

    /**
     * Scales a vector to unit length in place; one of all zeros stays as it is.
     *
     * @return the length it had
     */
    public static float normalise(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (length != 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / length);
            }
        }
        return (float) length;
    }

    /** {@return the position of the first NaN or infinity, or -1 if all values are finite} */
    public static int firstNonFinite(float[] vector) {
        return KERNELS.firstNonFinite(vector);
    }

    /**
     * Dot products of a query with consecutive rows of a matrix.
     *
     * @param query {@code float[dims]}
     * @param rows {@code float[n * dims]}, row by row
     * @param first the first row taken
     * @param count how many rows
     * @param scores receives {@code count} products from position 0
     */
    public static void dotRows(float[] query, float[] rows, int first, int count, float[] scores) {
        checkRows(rows.length, query.length, first, count, scores.length);
        for (int row = 0; row < count; row++) {
            scores[row] = KERNELS.dot(query, rows, (first + row) * query.length);
        }
    }

    /**
     * Dot products of a query with consecutive rows of a matrix in native or mapped memory.
     *
     * @param query {@code float[dims]}
     * @param rows little-endian floats, {@code n * dims}, row by row, at any alignment
     * @param first the first row taken
     * @param count how many rows
     * @param scores receives {@code count} products from position 0
     */
    public static void dotRows(float[] query, MemorySegment rows, long first, int count, float[] scores) {
        checkRows(rows.byteSize() / Float.BYTES, query.length, first, count, scores.length);
        long rowBytes = (long) query.length * Float.BYTES;
        for (int row = 0; row < count; row++) {
            scores[row] = KERNELS.dot(query, rows, (first + row) * rowBytes);
        }
    }

    /**
     * Rounds a vector to signed bytes: the largest absolute value becomes 127.
     *
     * @param vector {@code float[dims]}, finite
     * @param bytes receives the rounded values, -127 to 127
     * @return the scale: {@code vector[i]} is about {@code scale * bytes[i]}, off by half a scale at most; 0 for a vector
     *     of all zeros
     * @throws IllegalArgumentException if a value is not finite
     */
    public static float quantise(float[] vector, byte[] bytes) {
        checkDims(vector.length, bytes.length);
        int bad = firstNonFinite(vector);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    "a vector to be quantised must be finite, value " + bad + " is " + vector[bad]);
        }
        float largest = 0;
        for (float value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        double step = (double) largest / BYTE_LEVELS;
        for (int i = 0; i < vector.length; i++) {
            bytes[i] = step == 0 ? 0 : (byte) Math.rint(vector[i] / step);
        }
        return (float) step;
    }

    /** {@return the dot product, exact} */
    public static int dot(byte[] a, byte[] b) {
        checkDims(a.length, b.length);
        checkByteDims(a.length);
        return KERNELS.dot(a, b, 0);
    }

    /**
     * Dot products of a quantised query with consecutive quantised rows of a matrix.
     *
     * @param query {@code byte[dims]} from {@link #quantise}
     * @param queryScale its scale
     * @param rows signed bytes, {@code n * dims}, row by row
     * @param scales {@code float[n]}, the scale of each row
     * @param first the first row taken
     * @param count how many rows
     * @param scores receives {@code count} products from position 0
     */
    public static void dotRows(
            byte[] query, float queryScale, MemorySegment rows, float[] scales, int first, int count, float[] scores) {
        checkByteDims(query.length);
        checkRows(rows.byteSize(), query.length, first, count, scores.length);
        if (first + count > scales.length) {
            throw new IllegalArgumentException(
                    "rows " + first + " to " + (first + count) + " are asked of " + scales.length + " scales");
        }
        for (int row = 0; row < count; row++) {
            int product = KERNELS.dot(query, rows, (long) (first + row) * query.length);
            scores[row] = product * (queryScale * scales[first + row]);
        }
    }

    private static void checkDims(int a, int b) {
        if (a != b) {
            throw new IllegalArgumentException("vectors differ in dimensions: " + a + " and " + b);
        }
    }

    private static void checkByteDims(int dims) {
        if (dims > MAX_BYTE_DIMS) {
            throw new IllegalArgumentException(
                    "a vector of bytes has at most " + MAX_BYTE_DIMS + " dimensions, got " + dims);
        }
    }

    private static void checkRows(long values, int dims, long first, int count, int room) {
        if (dims == 0 || values % dims != 0) {
            throw new IllegalArgumentException(
                    "a matrix of " + values + " values has no whole rows of " + dims + " dimensions");
        }
        if (first < 0 || count < 0 || first > values / dims - count) {
            throw new IllegalArgumentException("rows " + first + " to " + (first + count) + " are asked of a matrix of "
                    + values / dims + " rows of " + dims + " dimensions");
        }
        if (room < count) {
            throw new IllegalArgumentException("there is room for " + room + " scores, " + count + " are asked");
        }
    }
}
