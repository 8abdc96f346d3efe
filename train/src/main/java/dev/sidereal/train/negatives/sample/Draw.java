package dev.sidereal.train.negatives.sample;

import dev.sidereal.train.negatives.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Weighted draws from logarithms of weights. */
public final class Draw {
    private Draw() {}

    /**
     * Draws one after the other without replacement, each time in proportion to the weights of what is left. Equal in law to
     * taking the largest of log weight plus Gumbel noise (Kool et al., arXiv 1903.06059).
     */
    public static List<Candidate> without(List<Candidate> pool, double[] logWeights, int n, RandomGenerator random) {
        List<Integer> order = new ArrayList<>();
        double[] keys = new double[logWeights.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = logWeights[i] - Math.log(-Math.log(open(random)));
            if (logWeights[i] > Double.NEGATIVE_INFINITY) {
                order.add(i);
            }
        }
        order.sort((a, b) -> Double.compare(keys[b], keys[a]));
        return order.stream().limit(n).map(pool::get).toList();
    }

    /** Draws {@code n} times from the same distribution; a candidate may come more than once. */
    static List<Candidate> with(List<Candidate> pool, double[] logWeights, int n, RandomGenerator random) {
        List<Candidate> drawn = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            drawn.addAll(without(pool, logWeights, 1, random));
        }
        return drawn;
    }

    /** {@return a number above 0 and below 1} */
    private static double open(RandomGenerator random) {
        double u = random.nextDouble();
        return u == 0 ? 0x1p-54 : u;
    }
}
