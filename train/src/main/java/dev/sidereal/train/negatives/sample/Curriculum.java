package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * From easy to hard: a window over a share of the pool slides from its end to its top while training goes on, and negatives
 * are uniform in it. Source: Zeng et al., CL-DRD, arXiv 2204.13679, which hardens the groups by iteration.
 *
 * @param steps after how many the window is at the top, at least 1
 * @param share the window's part of the pool, above 0, at most 1; never smaller than the negatives asked
 */
public record Curriculum(long steps, double share) implements NegativeSampler {
    /** A quarter of the pool. */
    public static final double SHARE = 0.25;

    public Curriculum {
        if (steps < 1 || !(share > 0 && share <= 1)) {
            throw new BadConfig("a curriculum takes 1 step or more and a share above 0 and at most 1, got " + steps
                    + " steps and share " + share);
        }
    }

    @Override
    public String name() {
        return "curriculum";
    }

    @Override
    public boolean needsScores() {
        return false;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        int width = Math.min(pool.size(), Math.max(n, (int) Math.ceil(share * pool.size())));
        double left = Math.max(0, 1 - (double) context.round().step() / steps);
        int from = (int) Math.round(left * (pool.size() - width));
        List<Candidate> part = pool.subList(from, from + width);
        return Draw.without(part, new double[width], n, random);
    }
}
