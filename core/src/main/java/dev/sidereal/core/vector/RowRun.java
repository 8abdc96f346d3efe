package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;

/**
 * Rows of numbers in native memory, equally far apart.
 *
 * @param at bytes to the first
 * @param stride bytes from one to the next
 * @param count how many rows
 * @param n numbers of a row
 * @param bf16 whether they are bfloat16; floats otherwise
 */
public record RowRun(MemorySegment data, long at, long stride, int count, int n, boolean bf16) {
    /** {@return where a row begins, in bytes} */
    long row(int index) {
        return at + index * stride;
    }

    /** {@return the numbers of each row from {@code first} on} */
    RowRun from(int first) {
        return new RowRun(data, at + (bf16 ? 2L : 4L) * first, stride, count, n - first, bf16);
    }
}
