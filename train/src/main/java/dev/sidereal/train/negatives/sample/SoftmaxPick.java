package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@code P(n) ~ exp(s_n / tau)}, without replacement: a small temperature takes the hardest, a large one all alike. Source:
 * importance sampling of softmax negatives, Bengio and Senecal 2008.
 *
 * @param temperature tau, above 0; 0.05 suits cosines
 */
public record SoftmaxPick(double temperature) implements NegativeSampler {
    /** The temperature where nothing is said. */
    public static final double TEMPERATURE = 0.05;

    public SoftmaxPick {
        if (!(temperature > 0)) {
            throw new BadConfig("the temperature of softmax sampling must be above 0, got " + temperature);
        }
    }

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        double[] logWeights =
                pool.stream().mapToDouble(c -> c.score() / temperature).toArray();
        return Draw.without(pool, logWeights, n, random);
    }
}
