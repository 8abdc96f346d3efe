package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Matrix products of one thread at a time: primitives made on first use and kept by shape, the least recently used let
 * go. Building one takes about a millisecond, running it needs no memory of its own.
 */
final class Products implements AutoCloseable {
    private static final int KEPT = 512;

    private final OneDnn dnn = OneDnn.get();
    private final MemorySegment stream = dnn.stream();
    private final Scratch rounded = new Scratch();
    private final Scratch unscaled = new Scratch();
    private final Map<Object, Prepared> prepared = new LinkedHashMap<>(64, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Prepared> eldest) {
            if (size() > KEPT) {
                eldest.getValue().close();
                return true;
            }
            return false;
        }
    };

    /**
     * Shapes and strides, in numbers, of {@code c[b][m][n] (+)= sum over k of a[b][m][k] * w[b][k][n]}.
     *
     * @param type of {@code a} and {@code w}, {@link OneDnn#F32} or {@link OneDnn#BF16}; {@code c} is floats
     * @param aRow from a row of {@code a} to the next; columns lie side by side
     * @param wDeep from one {@code k} to the next
     * @param wWide from one {@code n} to the next
     */
    record Batched(
            int type,
            int batch,
            int m,
            int n,
            int k,
            long aBatch,
            long aRow,
            long wBatch,
            long wDeep,
            long wWide,
            long cBatch,
            long cRow,
            boolean accumulate) {}

    /** A linear map applied to some rows. */
    private record Mapped(int in, int out, int type, int rows, boolean accumulate) {}

    /**
     * {@code out[rows][w.out] (+)= x[rows][w.in] w}.
     *
     * @param x in the map's type, but floats for a map of bytes
     * @param out floats
     */
    void map(PackedLinear w, MemorySegment x, int rows, MemorySegment out, boolean accumulate) {
        if (w.scales() == null) {
            mapAsIs(w, x, rows, out, accumulate);
        } else {
            mapBytes(w, w.scales(), x, rows, out, accumulate);
        }
    }

    /** Rounds each row by its own scale; the product is exact, and is scaled when it is done. */
    private void mapBytes(
            PackedLinear w, MemorySegment scales, MemorySegment x, int rows, MemorySegment out, boolean accumulate) {
        MemorySegment bytes = rounded.atLeast((long) rows * w.in());
        float[] rowScales = new float[rows];
        for (int row = 0; row < rows; row++) {
            rowScales[row] = Rows.toInt8(x, 4L * row * w.in(), w.in(), bytes, (long) row * w.in());
        }
        MemorySegment product = accumulate ? unscaled.atLeast(4L * rows * w.out()) : out;
        mapAsIs(w, bytes, rows, product, false);
        for (int row = 0; row < rows; row++) {
            long at = 4L * row * w.out();
            Rows.scale(product, at, rowScales[row], scales, w.out(), accumulate, out, at);
        }
    }

    private void mapAsIs(PackedLinear w, MemorySegment x, int rows, MemorySegment out, boolean accumulate) {
        Prepared call = prepared.computeIfAbsent(new Mapped(w.in(), w.out(), w.type(), rows, accumulate), key -> {
            MemorySegment from = dnn.strided(w.type(), new long[] {rows, w.in()}, new long[] {w.in(), 1});
            MemorySegment to = dnn.strided(OneDnn.F32, new long[] {rows, w.out()}, new long[] {w.out(), 1});
            return new Prepared(from, w.layout(), to, accumulate);
        });
        call.run(x, w.data(), out);
    }

    /** A product of two matrices, {@code batch} times. */
    void multiply(Batched shape, MemorySegment a, MemorySegment w, MemorySegment c) {
        Prepared call = prepared.computeIfAbsent(shape, key -> {
            MemorySegment from = dnn.strided(
                    shape.type, new long[] {shape.batch, shape.m, shape.k}, new long[] {shape.aBatch, shape.aRow, 1});
            MemorySegment weights = dnn.strided(shape.type, new long[] {shape.batch, shape.k, shape.n}, new long[] {
                shape.wBatch, shape.wDeep, shape.wWide
            });
            MemorySegment to = dnn.strided(
                    OneDnn.F32, new long[] {shape.batch, shape.m, shape.n}, new long[] {shape.cBatch, shape.cRow, 1});
            Prepared made = new Prepared(from, weights, to, shape.accumulate);
            dnn.closeLayout(weights);
            return made;
        });
        call.run(a, w, c);
    }

    @Override
    public void close() {
        prepared.values().forEach(Prepared::close);
        prepared.clear();
        rounded.close();
        unscaled.close();
        dnn.closeStream(stream);
    }

    /** A primitive with its argument list. */
    private final class Prepared implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment primitive;
        private final MemorySegment src;
        private final MemorySegment weights;
        private final MemorySegment dst;
        private final MemorySegment scratchpad;
        private final MemorySegment arguments;

        /** Lets go of {@code from} and {@code to}. */
        Prepared(MemorySegment from, MemorySegment by, MemorySegment to, boolean accumulate) {
            MemorySegment operation = dnn.matmul(from, by, to, accumulate);
            MemorySegment scratch = dnn.chosen(operation, OneDnn.QUERY_SCRATCHPAD);
            primitive = dnn.primitive(operation);
            src = dnn.memory(from, MemorySegment.NULL);
            weights = dnn.memory(by, MemorySegment.NULL);
            dst = dnn.memory(to, MemorySegment.NULL);
            scratchpad = dnn.memory(scratch, arena.allocate(Math.max(64, dnn.size(scratch)), 64));
            arguments = OneDnn.arguments(
                    arena,
                    new int[] {OneDnn.ARG_SRC, OneDnn.ARG_WEIGHTS, OneDnn.ARG_DST, OneDnn.ARG_SCRATCHPAD},
                    src,
                    weights,
                    dst,
                    scratchpad);
            // The objects above hold copies.
            dnn.closeLayout(from);
            dnn.closeLayout(to);
            dnn.closeLayout(scratch);
        }

        void run(MemorySegment a, MemorySegment w, MemorySegment c) {
            dnn.point(src, a);
            dnn.point(weights, w);
            dnn.point(dst, c);
            dnn.execute(primitive, stream, 4, arguments);
        }

        @Override
        public void close() {
            dnn.closePrimitive(primitive);
            dnn.closeMemory(src);
            dnn.closeMemory(weights);
            dnn.closeMemory(dst);
            dnn.closeMemory(scratchpad);
            arena.close();
        }
    }
}
