package dev.sidereal.train.negatives.score;

import dev.sidereal.core.Run;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.PairScorer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a run, BM25's for example. A document that the query's list does not hold scores what its last entry does,
 * the most it can have; 0 if the list is empty.
 */
public final class RunScorer implements PairScorer {
    private final Run run;
    private final Corpus corpus;

    /** Makes a scorer. */
    public RunScorer(Run run, Corpus corpus) {
        this.run = run;
        this.corpus = corpus;
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public double[] score(MiningQuery query, List<Candidate> documents) {
        List<Run.Scored> results = run.of(query.id());
        Map<String, Double> scores = new HashMap<>();
        results.forEach(r -> scores.put(r.itemId(), r.score()));
        double least = results.stream().mapToDouble(Run.Scored::score).min().orElse(0);
        return documents.stream()
                .mapToDouble(c -> c.isWritten() ? least : scores.getOrDefault(corpus.id(c.document()), least))
                .toArray();
    }
}
