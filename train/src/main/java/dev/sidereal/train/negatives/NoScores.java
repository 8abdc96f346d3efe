package dev.sidereal.train.negatives;

import java.util.List;

/** Leaves the source's scores; positives get 0, which no filter or sampler may read. */
public final class NoScores implements PairScorer {
    /** The only one. */
    public static final NoScores INSTANCE = new NoScores();

    private NoScores() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public double[] score(MiningQuery query, List<Candidate> documents) {
        return documents.stream().mapToDouble(Candidate::score).toArray();
    }
}
