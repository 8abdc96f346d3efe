package dev.sidereal.search;

/**
 * The union of what the legs found for one query, as a fusion sees it. Not copied: fusions only read.
 *
 * @param legs names of the legs
 * @param scales {@code Scale[legs]}: what each leg's scores mean
 * @param ranks {@code int[legs][candidates]}: position in the leg's own list, from 1; 0 if it is not there
 * @param scores {@code float[legs][candidates]}: the leg's score, also of items that are not in its list; NaN if the
 *     item does not match the leg at all
 */
public record Candidates(String[] legs, Scale[] scales, int[][] ranks, float[][] scores) {
    /** {@return number of candidates} */
    public int size() {
        return ranks[0].length;
    }
}
