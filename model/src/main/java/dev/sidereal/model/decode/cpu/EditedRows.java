package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.RowRun;
import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.Edits.Delta;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Adds the deltas of edits to the rows that name them, in single precision whatever the weights' type. */
final class EditedRows {
    private final Edits edits;
    private final DecoderConfig config;
    private final Workspace space;

    EditedRows(Edits edits, DecoderConfig config, Workspace space) {
        this.edits = edits;
        this.config = config;
        this.space = space;
    }

    /** Reads {@code space.gateUp}, adds to {@code space.stream}. */
    void apply(int layer, Pass pass) {
        for (Delta delta : edits.deltas()) {
            for (int row = 0; delta.layer() == layer && row < pass.rows(); row++) {
                if (pass.edits[row] == delta.step()) {
                    add(delta, row);
                }
            }
        }
    }

    private void add(Delta delta, int row) {
        int inner = config.intermediate();
        int hidden = config.hidden();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment activation = scratch.allocate(4L * inner, 64);
            Rows.swiGlu(space.gateUp, 8L * row * inner, inner, false, activation, 0);
            MemorySegment inside = activation;
            int rank = inner;
            if (delta.a().length > 0) {
                rank = delta.a().length;
                inside = scratch.allocate(4L * rank, 64);
                product(delta.a(), activation, inner, inside);
            }
            MemorySegment change = scratch.allocate(4L * hidden, 64);
            product(delta.b(), inside, rank, change);
            long at = 4L * row * hidden;
            for (int i = 0; i < hidden; i++) {
                float sum = space.stream.get(ValueLayout.JAVA_FLOAT, at + 4L * i)
                        + change.get(ValueLayout.JAVA_FLOAT, 4L * i);
                space.stream.set(ValueLayout.JAVA_FLOAT, at + 4L * i, sum);
            }
        }
    }

    private static void product(float[][] matrix, MemorySegment vector, int width, MemorySegment out) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment row = scratch.allocate(4L * width, 64);
            for (int i = 0; i < matrix.length; i++) {
                MemorySegment.copy(matrix[i], 0, row, ValueLayout.JAVA_FLOAT, 0, width);
                Rows.dots(vector, 0, new RowRun(row, 0, 0, 1, width, false), out, 4L * i);
            }
        }
    }
}
