package dev.sidereal.model.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Swaps the axes of a matrix. */
final class Transposed {
    /** Rows and columns of a tile that stays in the first cache. */
    private static final int TILE = 32;

    private Transposed() {}

    /** {@return a copy of a matrix with its columns as rows} */
    static StoredTensor of(StoredTensor matrix) {
        long rows = matrix.shape().get(0);
        long columns = matrix.shape().get(1);
        int width = matrix.type().bytes();
        MemorySegment from = matrix.data();
        MemorySegment into = Arena.ofAuto().allocate(from.byteSize(), Long.BYTES);
        for (long row = 0; row < rows; row += TILE) {
            for (long column = 0; column < columns; column += TILE) {
                long lastRow = Math.min(row + TILE, rows);
                long lastColumn = Math.min(column + TILE, columns);
                for (long r = row; r < lastRow; r++) {
                    for (long c = column; c < lastColumn; c++) {
                        move(from, (r * columns + c) * width, into, (c * rows + r) * width, width);
                    }
                }
            }
        }
        return new StoredTensor(matrix.name(), matrix.type(), List.of(columns, rows), into.asReadOnly());
    }

    private static void move(MemorySegment from, long source, MemorySegment into, long target, int width) {
        if (width == Integer.BYTES) {
            into.set(ValueLayout.JAVA_INT_UNALIGNED, target, from.get(ValueLayout.JAVA_INT_UNALIGNED, source));
        } else {
            MemorySegment.copy(from, source, into, target, width);
        }
    }
}
