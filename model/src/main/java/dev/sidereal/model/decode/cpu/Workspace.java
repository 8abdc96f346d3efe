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
    /** Whether keys and values are bfloat16; floats otherwise. */
    final boolean bf16;

    /** Per layer, {@code [kvHeads][capacity][headDim]}. */
    final MemorySegment[] keys;

    /** Per layer, {@code [kvHeads][capacity][headDim]}. */
    final MemorySegment[] values;

    /** Residual stream, {@code float[rows][hidden]}. */
    final MemorySegment stream;

    /** {@code [rows][hidden]} in the type that products read. */
    final MemorySegment normed;

    /** {@code float[rows][queryDim + 2 kvDim]}. */
    final MemorySegment projected;

    /** {@code float[kvHeads][rows * groupSize][headDim]}. */
    final MemorySegment queries;

    /** The same as bfloat16; empty where products read floats. */
    final MemorySegment roundedQueries;

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
    private final Scratch weights = new Scratch();

    Workspace(DecoderConfig config, int type, int capacity) {
        this.capacity = capacity;
        rows = Math.min(MOST_ROWS, capacity);
        bf16 = type == OneDnn.BF16;
        long number = bf16 ? 2 : 4;
        keys = new MemorySegment[config.layers()];
        values = new MemorySegment[config.layers()];
        for (int layer = 0; layer < keys.length; layer++) {
            keys[layer] = take(number * capacity * config.kvDim());
            values[layer] = take(number * capacity * config.kvDim());
        }
        stream = take(4L * rows * config.hidden());
        normed = take(number * rows * config.hidden());
        projected = take(4L * rows * (config.queryDim() + 2 * config.kvDim()));
        queries = take(4L * rows * config.queryDim());
        roundedQueries = bf16 ? take(2L * rows * config.queryDim()) : MemorySegment.NULL;
        attended = take(4L * rows * config.queryDim());
        gathered = take(number * rows * config.queryDim());
        gateUp = take(8L * rows * config.intermediate());
        activated = take(number * rows * config.intermediate());
    }

    /** {@return at least that many floats; what was there before is gone} */
    MemorySegment scores(long floats) {
        return scores.atLeast(4 * floats);
    }

    /** {@return at least that many bfloat16 numbers; what was there before is gone} */
    MemorySegment weights(long numbers) {
        return weights.atLeast(2 * numbers);
    }

    private MemorySegment take(long bytes) {
        return arena.allocate(bytes, 64);
    }

    @Override
    public void close() {
        products.close();
        scores.close();
        weights.close();
        arena.close();
    }
}
