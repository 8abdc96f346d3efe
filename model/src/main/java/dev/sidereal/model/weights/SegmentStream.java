package dev.sidereal.model.weights;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads a piece of memory as a stream. */
final class SegmentStream extends InputStream {
    private final MemorySegment bytes;
    private long at;

    SegmentStream(MemorySegment bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return at == bytes.byteSize() ? -1 : bytes.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        long left = bytes.byteSize() - at;
        if (left == 0 && length > 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, offset, count);
        at += count;
        return count;
    }
}
