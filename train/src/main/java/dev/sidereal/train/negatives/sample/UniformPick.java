package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Each n of the first {@code window} with equal probability, without replacement. Sources: FlagEmbedding's
 * {@code hn_mine.py}; ANCE, arXiv 2007.00808; the sampled top-k of NV-Retriever, arXiv 2407.15831, where a window of 10 and
 * 4 negatives were best.
 *
 * @param window how many of the pool take part, at least 1
 */
public record UniformPick(int window) implements NegativeSampler {
    /** The window of NV-Retriever. */
    public static final int NV_WINDOW = 10;

    public UniformPick {
        if (window < 1) {
            throw new BadConfig("a window holds at least 1 candidate, got " + window);
        }
    }

    /** {@return a sampler over the whole pool} */
    public static UniformPick all() {
        return new UniformPick(Integer.MAX_VALUE);
    }

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public boolean needsScores() {
        return false;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        List<Candidate> part = pool.subList(0, Math.min(window, pool.size()));
        return Draw.without(part, new double[part.size()], n, random);
    }
}
