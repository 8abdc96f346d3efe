package dev.sidereal.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets one writer at a time work on an item: read it, decide, write it. Thread-safe. */
final class IdLocks {
    private static final int STRIPES = 256;

    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    <T> T holding(String id, Supplier<T> work) {
        return holding(List.of(id), work);
    }

    <T> T holding(List<String> ids, Supplier<T> work) {
        // Always in the same order, so that two writers of several items never wait for each other.
        List<ReentrantLock> mine = ids.stream()
                .map(id -> Math.floorMod(id.hashCode(), STRIPES))
                .distinct()
                .sorted()
                .map(stripes::get)
                .toList();
        mine.forEach(ReentrantLock::lock);
        try {
            return work.get();
        } finally {
            mine.forEach(ReentrantLock::unlock);
        }
    }
}
