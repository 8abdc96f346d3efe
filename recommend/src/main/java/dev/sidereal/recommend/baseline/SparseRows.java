package dev.sidereal.recommend.baseline;

import java.util.Arrays;

/**
 * A sparse matrix by rows: row {@code r} has {@code values[i]} in column {@code columns[i]} for i from {@code offsets[r]}
 * to before {@code offsets[r + 1]}. 8 bytes a value.
 */
final class SparseRows {
    private final int[] offsets;
    private final int[] columns;
    private final float[] values;

    private SparseRows(int[] offsets, int[] columns, float[] values) {
        this.offsets = offsets;
        this.columns = columns;
        this.values = values;
    }

    int rows() {
        return offsets.length - 1;
    }

    /** Adds {@code weight} times a row to {@code sums}. */
    void addRow(int row, float weight, float[] sums) {
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            sums[columns[i]] += weight * values[i];
        }
    }

    /** Fills the row of one item. */
    interface Filler {
        /**
         * Adds to the columns of a row.
         *
         * @param sums {@code float[columns]}, all zero before
         */
        void fill(int row, float[] sums);
    }

    /** {@return the square matrix of such rows, each value times the factors of its row and its column} */
    static SparseRows square(int n, Filler filler, float[] factors) {
        int[] offsets = new int[n + 1];
        int[] columns = new int[1 << 16];
        float[] values = new float[1 << 16];
        float[] sums = new float[n];
        int size = 0;
        for (int row = 0; row < n; row++) {
            filler.fill(row, sums);
            for (int column = 0; column < n; column++) {
                if (sums[column] != 0) {
                    if (size == columns.length) {
                        columns = Arrays.copyOf(columns, Math.multiplyExact(size, 2));
                        values = Arrays.copyOf(values, columns.length);
                    }
                    columns[size] = column;
                    values[size++] = factors[row] * sums[column] * factors[column];
                    sums[column] = 0;
                }
            }
            offsets[row + 1] = size;
        }
        return new SparseRows(offsets, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }
}
