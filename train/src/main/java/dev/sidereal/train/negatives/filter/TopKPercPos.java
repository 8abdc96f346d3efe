package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;

/**
 * Keeps {@code s_n <= s_p - (1 - rho) |s_p|} with the lowest positive of the query: for positive scores the paper's
 * {@code s_n <= rho s_p}. Source: Moreira et al., NV-Retriever, arXiv 2407.15831, section 3 (TopK-PercPos), rho 0.95.
 *
 * <p>Differs: the product alone would turn round for negative scores, and a negative better than its positive would pass.
 *
 * @param rho above 0, at most 1
 */
public record TopKPercPos(double rho) implements NegativeFilter {
    /** The paper's share. */
    public static final double RHO = 0.95;

    public TopKPercPos {
        if (!(rho > 0 && rho <= 1)) {
            throw new BadConfig("rho of topk-percpos must be above 0 and at most 1, got " + rho);
        }
    }

    @Override
    public String name() {
        return "topk-percpos";
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }

    /** {@return the highest score a negative may have} */
    public static double ceiling(double positive, double rho) {
        return positive >= 0 ? rho * positive : (2 - rho) * positive;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        double ceiling = ceiling(context.lowestPositive(), rho);
        return Filtered.where(pool, c -> c.score() <= ceiling);
    }
}
