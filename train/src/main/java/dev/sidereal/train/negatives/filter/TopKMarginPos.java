package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;

/**
 * Keeps {@code s_n <= s_p - m} with the lowest positive of the query. Source: Moreira et al., NV-Retriever, arXiv
 * 2407.15831, section 3 (TopK-MarginPos); the paper uses 0.05. With a guide's scores it is the rule of GISTEmbed, arXiv
 * 2402.16829, applied to mined negatives.
 *
 * @param margin how far below the positive a negative must be, not negative
 */
public record TopKMarginPos(double margin) implements NegativeFilter {
    /** The paper's margin for a cosine. */
    public static final double MARGIN = 0.05;

    public TopKMarginPos {
        if (!(margin >= 0)) {
            throw new BadConfig("the margin to the positive must be 0 or more, got " + margin);
        }
    }

    @Override
    public String name() {
        return "topk-marginpos";
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        double ceiling = context.lowestPositive() - margin;
        return Filtered.where(pool, c -> c.score() <= ceiling);
    }
}
