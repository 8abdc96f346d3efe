package dev.sidereal.model.weights;

import java.util.List;

/** Arithmetic on shapes that come from files. */
final class Shapes {
    /** Most axes of a tensor, as in NumPy and libtorch. */
    static final int MAX_AXES = 64;

    /** Says that a shape stands for more numbers than can be counted. */
    static final long TOO_LARGE = -1;

    private Shapes() {}

    /** {@return how many bytes a tensor takes, or {@link #TOO_LARGE}} */
    static long bytes(StoredType type, List<Long> shape) {
        try {
            long count = 1;
            for (long axis : shape) {
                count = Math.multiplyExact(count, axis);
            }
            return Math.multiplyExact(count, (long) type.bytes());
        } catch (ArithmeticException e) {
            return TOO_LARGE;
        }
    }
}
