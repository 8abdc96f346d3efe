package dev.sidereal.cli.doctor;

import dev.sidereal.core.vector.SimdWidth;

/** Whether vector arithmetic runs on SIMD registers. */
record VectorCheck(int bits) implements Check {
    private static final int NARROW = 128;

    VectorCheck() {
        this(SimdWidth.bits());
    }

    @Override
    public Finding examine() {
        if (bits == 0) {
            return Finding.warn(
                    "vector module",
                    "jdk.incubator.vector is not active: exact, but several times slower",
                    "start through ./sidereal, or add --add-modules jdk.incubator.vector");
        }
        if (bits < NARROW) {
            return Finding.warn(
                    "vector module",
                    bits + " bits wide: this CPU offers no SIMD registers that Java can use",
                    "results are the same; expect searches and encoding to take several times longer");
        }
        return Finding.ok("vector module", "jdk.incubator.vector is active, " + bits + " bits wide");
    }
}
