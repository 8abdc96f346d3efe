package dev.sidereal.core.vector;

import jdk.incubator.vector.FloatVector;

/** How wide the vectors are that this JVM computes with. */
public final class SimdWidth {
    private SimdWidth() {}

    /** {@return bits of a vector, such as 512; 0 if the module {@code jdk.incubator.vector} is not active} */
    public static int bits() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? Preferred.bits() : 0;
    }

    /** Loaded only where the module is there. */
    private static final class Preferred {
        static int bits() {
            return FloatVector.SPECIES_PREFERRED.vectorBitSize();
        }
    }
}
