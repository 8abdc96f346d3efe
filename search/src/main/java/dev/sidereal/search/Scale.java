package dev.sidereal.search;

/**
 * What a leg's scores mean for one query: where "nothing special" is, and what a step is. Fusions add
 * {@code (score - origin) / unit} instead of raw scores.
 *
 * @param origin the score of an unremarkable item
 * @param unit positive
 */
public record Scale(double origin, double unit) {
    public Scale {
        if (!Double.isFinite(origin) || !(unit > 0)) {
            throw new IllegalArgumentException(
                    "a scale needs a finite origin and a positive unit, got " + origin + " and " + unit);
        }
    }

    /** {@return the score in steps from the origin} */
    public double of(double score) {
        return (score - origin) / unit;
    }
}
