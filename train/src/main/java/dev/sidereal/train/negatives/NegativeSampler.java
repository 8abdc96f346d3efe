package dev.sidereal.train.negatives;

import java.util.List;
import java.util.random.RandomGenerator;

/** Picks the negatives of the candidates that are left. Implementations are thread-safe. */
public interface NegativeSampler {
    /** {@return the name shown in reports} */
    String name();

    /** {@return whether it reads the scorer's scores} */
    boolean needsScores();

    /**
     * Picks.
     *
     * @param pool in the source's order
     * @param n how many, at least 1
     * @param random decides what is left to chance
     * @return at most {@code n}; fewer if the pool or the sampler's own rule gives no more
     */
    List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random);
}
