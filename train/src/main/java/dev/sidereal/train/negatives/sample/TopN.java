package dev.sidereal.train.negatives.sample;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.random.RandomGenerator;

/** The first n in the source's order. Source: naive top-k of NV-Retriever, arXiv 2407.15831. */
public record TopN() implements NegativeSampler {
    @Override
    public String name() {
        return "top-k";
    }

    @Override
    public boolean needsScores() {
        return false;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        return pool.subList(0, Math.min(n, pool.size()));
    }
}
