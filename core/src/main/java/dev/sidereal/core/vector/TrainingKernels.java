package dev.sidereal.core.vector;

import java.lang.foreign.MemorySegment;

/** The inner loops behind {@link Rows} that training alone runs; offsets are bytes. Implementations keep no state. */
interface TrainingKernels {
    /** Moves {@code n} floats from {@code at} on, and the moments beside them. */
    void adam(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            long at,
            int n,
            AdamMove move);

    /** {@code out[i] = kept} if 16 random bits are at least {@code threshold}, else 0; see {@link Rows#randomMask}. */
    void randomMask(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt);

    /** The same in bfloat16. */
    void randomMaskBf16(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt);
}
