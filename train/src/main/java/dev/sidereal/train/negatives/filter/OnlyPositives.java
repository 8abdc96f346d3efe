package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps documents that are a positive of some training query, and written texts: what dev and test alone ask for is never
 * seen, at the price of fewer negatives. No judgment of dev or test is needed for it.
 */
public final class OnlyPositives implements NegativeFilter {
    private final Set<Long> texts = new HashSet<>();

    /** Makes a filter. */
    public OnlyPositives(Corpus corpus, List<MiningQuery> queries) {
        queries.forEach(query -> query.positives().forEach(document -> texts.add(corpus.textHash(document))));
    }

    @Override
    public String name() {
        return "only-positives";
    }

    @Override
    public Stage stage() {
        return Stage.HELD_OUT;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        return Filtered.where(pool, c -> c.isWritten() || texts.contains(c.textHash(context.corpus())));
    }

    @Override
    public String toString() {
        return name() + "[" + texts.size() + "]";
    }
}
