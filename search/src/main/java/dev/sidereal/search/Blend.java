package dev.sidereal.search;

import java.util.List;

/**
 * Which legs answer, and how their answers become one.
 *
 * @param legs names of the legs, at least one
 * @param fusion the rule; not asked if there is one leg only
 * @param depth how many items each leg brings at least
 */
public record Blend(List<String> legs, Fusion fusion, int depth) {
    /** Enough for fused top tens to be stable; see {@code docs/log.md}. */
    public static final int DEFAULT_DEPTH = 100;

    public Blend {
        legs = List.copyOf(legs);
        if (legs.isEmpty() || depth < 1) {
            throw new IllegalArgumentException("a blend needs a leg and a depth of 1, got " + legs + " and " + depth);
        }
    }

    /** {@return one leg by itself} */
    public static Blend only(String leg) {
        return new Blend(List.of(leg), ReciprocalRankFusion.standard(), DEFAULT_DEPTH);
    }

    /** {@return legs under a fusion} */
    public static Blend of(List<String> legs, Fusion fusion) {
        return new Blend(legs, fusion, DEFAULT_DEPTH);
    }
}
