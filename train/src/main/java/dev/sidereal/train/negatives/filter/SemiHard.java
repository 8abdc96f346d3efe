package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;

/**
 * Keeps {@code s_p - m < s_n < s_p} with the lowest positive: inside the margin, but on the right side. Source: Schroff et
 * al., FaceNet, arXiv 1503.03832, equation 4, whose margin is 0.2.
 *
 * @param margin width of the band, above 0
 */
public record SemiHard(double margin) implements NegativeFilter {
    /** FaceNet's margin. */
    public static final double MARGIN = 0.2;

    public SemiHard {
        if (!(margin > 0)) {
            throw new BadConfig("the margin of semi-hard negatives must be above 0, got " + margin);
        }
    }

    @Override
    public String name() {
        return "semi-hard";
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        double positive = context.lowestPositive();
        return Filtered.where(pool, c -> c.score() < positive && c.score() > positive - margin);
    }
}
