package dev.sidereal.core;

/**
 * Where long work reports how far it is. Implementations are thread-safe; callers report often, implementations
 * decide what to show.
 */
public interface Progress {
    /**
     * Begins a task.
     *
     * @param what a few words: {@code encoding passages}
     * @param total number of steps, or -1 if not known
     */
    Task start(String what, long total);

    /** {@return a progress that shows nothing} */
    static Progress none() {
        return (what, total) -> steps -> {};
    }

    /** A task under way; closed when done or given up. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        /** Reports that {@code steps} more steps are done. */
        void advance(long steps);

        /** Says in a few words how the work goes; shown beside the count from the next step on. */
        default void note(String words) {}

        @Override
        default void close() {}
    }
}
