package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.DecoderConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Cosines and sines of rotary positions, computed as far as they were asked for. Thread-safe. */
final class RotaryTable {
    private final DecoderConfig config;
    private volatile MemorySegment table = MemorySegment.NULL;

    RotaryTable(DecoderConfig config) {
        this.config = config;
    }

    /** {@return for each position {@code headDim/2} cosines, then as many sines; at least {@code positions} rows} */
    MemorySegment covering(int positions) {
        MemorySegment current = table;
        return current.byteSize() >= rowBytes() * positions ? current : grown(positions);
    }

    long rowBytes() {
        return 4L * config.headDim();
    }

    private synchronized MemorySegment grown(int positions) {
        if (table.byteSize() >= rowBytes() * positions) {
            return table;
        }
        int rows = Math.min(config.maxPositions(), Math.max(256, Integer.highestOneBit(positions) * 2));
        int half = config.headDim() / 2;
        // Freed by the collector once no session reads it any more.
        MemorySegment next = Arena.ofAuto().allocate(rowBytes() * rows, 64);
        for (int i = 0; i < half; i++) {
            double frequency = config.ropeScaling().scale(Math.pow(config.ropeTheta(), -2.0 * i / config.headDim()));
            for (int position = 0; position < rows; position++) {
                long at = rowBytes() * position + 4L * i;
                next.set(ValueLayout.JAVA_FLOAT, at, (float) Math.cos(position * frequency));
                next.set(ValueLayout.JAVA_FLOAT, at + 4L * half, (float) Math.sin(position * frequency));
            }
        }
        table = next;
        return next;
    }
}
