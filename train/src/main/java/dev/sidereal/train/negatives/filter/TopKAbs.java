package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;

/**
 * Keeps {@code s_n <= c}. Source: Moreira et al., NV-Retriever, arXiv 2407.15831, section 3 (TopK-Abs); the paper uses 0.7.
 *
 * @param ceiling the highest score a negative may have
 */
public record TopKAbs(double ceiling) implements NegativeFilter {
    /** The paper's ceiling for a cosine. */
    public static final double CEILING = 0.7;

    @Override
    public String name() {
        return "topk-abs";
    }

    @Override
    public Stage stage() {
        return Stage.SCORE;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        return Filtered.where(pool, c -> c.score() <= ceiling);
    }
}
