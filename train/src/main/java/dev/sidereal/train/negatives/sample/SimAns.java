package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Ambiguous negatives, whose scores are near the positive's: {@code P(n) ~ exp(-a (s_n - s_p - b)^2)}, s_p the mean of the
 * positives. Source: Zhou et al., SimANS, arXiv 2210.11773, equation 4; a = 0.5, b = 0 in the code for MS MARCO documents.
 *
 * <p>The authors' code differs from the paper and is reached through the settings: it adds b ({@code b} of the other sign),
 * has a kernel in the distance itself for MS MARCO passages, and draws with replacement.
 *
 * @param a how narrow, above 0; scores of a cosine want about 100 times the authors' value, whose scores are dot products
 * @param b where the peak is, relative to the positive
 * @param kernel the shape
 * @param replacement whether a candidate may come more than once
 */
public record SimAns(double a, double b, Kernel kernel, boolean replacement) implements NegativeSampler {
    /** The width of the authors' code. */
    public static final double A = 0.5;

    /** The shapes of the paper and of the code. */
    public enum Kernel {
        /** {@code exp(-a d^2)}, the paper's. */
        SQUARED,
        /** {@code exp(-a |d|)}, the code's for MS MARCO passages, where a is 3. */
        ABSOLUTE
    }

    public SimAns {
        if (!(a > 0) || !Double.isFinite(b)) {
            throw new BadConfig("simans needs a above 0 and a finite b, got a=" + a + " and b=" + b);
        }
    }

    /** {@return the paper's sampler} */
    public static SimAns of(double a, double b) {
        return new SimAns(a, b, Kernel.SQUARED, false);
    }

    @Override
    public String name() {
        return "simans";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        double positive = context.positives().stream()
                .mapToDouble(Candidate::score)
                .average()
                .orElseThrow();
        double[] logWeights = pool.stream()
                .mapToDouble(c -> logWeight(c.score() - positive - b))
                .toArray();
        return replacement ? Draw.with(pool, logWeights, n, random) : Draw.without(pool, logWeights, n, random);
    }

    private double logWeight(double distance) {
        return switch (kernel) {
            case SQUARED -> -a * distance * distance;
            case ABSOLUTE -> -a * Math.abs(distance);
        };
    }
}
