package dev.sidereal.train.negatives.sample;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The lowest scores first: what is left of a band after filtering, from its safe end. Used with semi-hard negatives. */
public record FarthestFirst() implements NegativeSampler {
    @Override
    public String name() {
        return "farthest-first";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        return pool.stream()
                .sorted(Comparator.comparingDouble(Candidate::score))
                .limit(n)
                .toList();
    }
}
