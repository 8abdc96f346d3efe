package dev.sidereal.model.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Memory that was freed and that the C library keeps for later. Where tensors of many sizes come and go it grows, since what
 * is left between them fits no other. Thread-safe.
 */
public final class FreedMemory {
    private static final Optional<MethodHandle> TRIM = trim();

    private FreedMemory() {}

    /**
     * Gives it back to the system, where the C library can (glibc's {@code malloc_trim}); does nothing elsewhere. Takes
     * milliseconds, and what is used again must be cleared again.
     */
    public static void giveBack() {
        TRIM.ifPresent(trim -> {
            try {
                int _ = (int) trim.invokeExact(0L);
            } catch (Throwable e) {
                throw new IllegalStateException("malloc_trim cannot be called", e);
            }
        });
    }

    @SuppressWarnings("restricted") // a function of the C library without pointers
    private static Optional<MethodHandle> trim() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("malloc_trim")
                .map(function -> linker.downcallHandle(
                        function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }
}
