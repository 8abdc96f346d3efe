package dev.sidereal.search;

/**
 * Adds {@code 1 / (constant + rank)} over the legs that list an item (Cormack, Clarke and Buettcher, SIGIR 2009).
 * Knows nothing of scores, so a leg that hurts counts as much as one that helps.
 *
 * @param constant dampens the first ranks; the paper's value is 60
 */
public record ReciprocalRankFusion(int constant) implements Fusion {
    /** {@return the fusion with the paper's constant} */
    public static ReciprocalRankFusion standard() {
        return new ReciprocalRankFusion(60);
    }

    @Override
    public String name() {
        return "rrf(" + constant + ")";
    }

    @Override
    public double[][] contributions(Candidates candidates) {
        double[][] contributions = new double[candidates.legs().length][candidates.size()];
        for (int leg = 0; leg < contributions.length; leg++) {
            for (int i = 0; i < candidates.size(); i++) {
                int rank = candidates.ranks()[leg][i];
                contributions[leg][i] = rank == 0 ? 0 : 1.0 / (constant + rank);
            }
        }
        return contributions;
    }
}
