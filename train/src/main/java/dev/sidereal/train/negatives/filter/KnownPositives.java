package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes out the query's own positives, by number and by text: a copy of a positive under another id is one too. */
public record KnownPositives() implements NegativeFilter {
    @Override
    public String name() {
        return "known-positive";
    }

    @Override
    public Stage stage() {
        return Stage.POSITIVES;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        Set<Integer> documents = new HashSet<>(context.query().positives());
        Set<Long> texts = new HashSet<>();
        documents.forEach(document -> texts.add(context.corpus().textHash(document)));
        return Filtered.where(
                pool, c -> !documents.contains(c.document()) && !texts.contains(c.textHash(context.corpus())));
    }
}
