package dev.sidereal.model.decode.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that grows with what is asked for. One thread at a time. */
final class Scratch implements AutoCloseable {
    private Arena arena = Arena.ofShared();
    private MemorySegment memory = MemorySegment.NULL;

    /** {@return at least that many bytes; what was there before is gone} */
    @SuppressWarnings("MustBeClosedChecker") // closed when it grows, and with this
    MemorySegment atLeast(long bytes) {
        if (memory.byteSize() < bytes) {
            long size = Math.max(bytes, memory.byteSize() / 2 * 3);
            arena.close();
            arena = Arena.ofShared();
            memory = arena.allocate(size, 64);
        }
        return memory;
    }

    @Override
    public void close() {
        arena.close();
    }
}
