package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.DecoderConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that a session works in: keys, values and the rows of a pass. Used by one thread at a time, then by another. */
final class Workspace implements AutoCloseable {
    /** Rows that go through the layers at once. */
    static final int MOST_ROWS = 256;

    final int capacity;
    final int rows;
    final Products products = new Products();
    /** Per layer, {@code float[kvHeads][capacity][headDim]}. */
    final MemorySegment[] keys;

    /** Per layer, {@code float[kvHeads][capacity][headDim]}. */
    final MemorySegment[] values;

    /** Residual stream, {@code float[rows][hidden]}. */
    final MemorySegment stream;

    /** {@code [rows][hidden]} in the type that products read. */
    final MemorySegment normed;

    /** {@code float[rows][queryDim + 2 kvDim]}. */
    final MemorySegment projected;

    /** {@code float[kvHeads][rows * groupSize][headDim]}. */
    final MemorySegment queries;

    /** {@code float[kvHeads][rows * groupSize][headDim]}. */
    final MemorySegment attended;

    /** {@code [rows][queryDim]} in the type that products read. */
    final MemorySegment gathered;

    /** {@code float[rows][2 intermediate]}. */
    final MemorySegment gateUp;

    /** {@code [rows][intermediate]} in the type that products read. */
    final MemorySegment activated;

    private final Arena arena = Arena.ofShared();
    private final Scratch scores = new Scratch();

    Workspace(DecoderConfig config, int type, int capacity) {
        this.capacity = capacity;
        rows = Math.min(MOST_ROWS, capacity);
        long number = type == OneDnn.BF16 ? 2 : 4;
        keys = new MemorySegment[config.layers()];
        values = new MemorySegment[config.layers()];
        for (int layer = 0; layer < keys.length; layer++) {
            keys[layer] = take(4L * capacity * config.kvDim());
            values[layer] = take(4L * capacity * config.kvDim());
        }
        stream = take(4L * rows * config.hidden());
        normed = take(number * rows * config.hidden());
        projected = take(4L * rows * (config.queryDim() + 2 * config.kvDim()));
        queries = take(4L * rows * config.queryDim());
        attended = take(4L * rows * config.queryDim());
        gathered = take(number * rows * config.queryDim());
        gateUp = take(8L * rows * config.intermediate());
        activated = take(number * rows * config.intermediate());
    }

    /** {@return at least that many floats; what was there before is gone} */
    MemorySegment scores(long floats) {
        return scores.atLeast(4 * floats);
    }

    private MemorySegment take(long bytes) {
        return arena.allocate(bytes, 64);
    }

    @Override
    public void close() {
        products.close();
        scores.close();
        arena.close();
    }
}
