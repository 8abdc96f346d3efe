package dev.sidereal.train.negatives.batch;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Embeddings of past batches as more negatives: first in, first out, and none older than an age. They carry no gradient.
 * Source: He et al., MoCo, arXiv 1911.05722. Not thread-safe.
 */
public final class MemoryQueue {
    private final int capacity;
    private final int maxAge;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * Makes an empty queue.
     *
     * @param capacity how many embeddings at most
     * @param maxAge after how many steps one is dropped
     */
    public MemoryQueue(int capacity, int maxAge) {
        if (capacity < 1 || maxAge < 1) {
            throw new BadConfig("a memory queue holds at least 1 embedding for at least 1 step, got " + capacity
                    + " for " + maxAge);
        }
        this.capacity = capacity;
        this.maxAge = maxAge;
    }

    /**
     * A past document.
     *
     * @param column which document it is, for {@link InBatchMask}
     * @param vector {@code float[dims]}
     * @param step when it was encoded
     */
    public record Entry(InBatchMask.Column column, float[] vector, long step) {}

    /** Adds a document encoded at {@code entry.step()}; steps do not go back. */
    public void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
    }

    /** {@return what is young enough at a step, oldest first} */
    public List<Entry> at(long step) {
        while (!entries.isEmpty() && step - entries.getFirst().step() > maxAge) {
            entries.removeFirst();
        }
        return List.copyOf(entries);
    }
}
