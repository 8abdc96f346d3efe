package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the first of candidates with the same text. */
public record DuplicateText() implements NegativeFilter {
    @Override
    public String name() {
        return "duplicate-text";
    }

    @Override
    public Stage stage() {
        return Stage.DUPLICATES;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        Set<Long> seen = new HashSet<>();
        return Filtered.where(pool, c -> seen.add(c.textHash(context.corpus())));
    }
}
