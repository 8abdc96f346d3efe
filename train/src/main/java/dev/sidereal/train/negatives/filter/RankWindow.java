package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;

/**
 * Keeps ranks from {@code skip + 1} to {@code last} of the source. Sources: FlagEmbedding's {@code hn_mine.py}, whose
 * default is ranks 10 to 210; the shift-by-N of NV-Retriever, arXiv 2407.15831, which skips the first N.
 *
 * @param skip how many of the top are left out
 * @param last the last rank kept
 */
public record RankWindow(int skip, int last) implements NegativeFilter {
    /** FlagEmbedding's first rank, counted from 0. */
    public static final int FLAG_FROM = 10;

    /** FlagEmbedding's end. */
    public static final int FLAG_TO = 210;

    public RankWindow {
        if (skip < 0 || last <= skip) {
            throw new BadConfig(
                    "a rank window skips 0 or more and ends after that, got skip " + skip + " and last " + last);
        }
    }

    @Override
    public String name() {
        return "rank-window";
    }

    @Override
    public Stage stage() {
        return Stage.RANK;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        return Filtered.where(pool, c -> c.rank() > skip && c.rank() <= last);
    }
}
