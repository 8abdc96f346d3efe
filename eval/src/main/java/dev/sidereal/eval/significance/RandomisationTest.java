package dev.sidereal.eval.significance;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired randomisation test, two-sided: how often would a mean difference at least this large appear if each
 * query's two values were swapped by the toss of a coin? All ways of swapping are counted if there are no more of them
 * than permutations asked for, else that many are drawn. Immutable and thread-safe; costs n / 8 additions a permutation.
 *
 * <p>Smucker, Allan and Carterette, A comparison of statistical significance tests for information retrieval
 * evaluation, CIKM 2007. The drawn p counts the observed case among the drawn ones, so that it is never 0 (Phipson and
 * Smyth 2010, arXiv 1603.05766).
 *
 * @param permutations how many to draw, at least 1
 * @param seed equal seeds give equal p
 */
public record RandomisationTest(int permutations, long seed) {
    private static final int BITS = 8;

    public RandomisationTest {
        if (permutations < 1) {
            throw new BadConfig("permutations must be at least 1, got " + permutations);
        }
    }

    /**
     * What the test says.
     *
     * @param p probability of a mean difference at least as large without any difference between the systems
     * @param exact whether all permutations were counted
     */
    public record Result(double p, boolean exact) {}

    /**
     * Tests paired differences.
     *
     * @param differences value of one system minus value of the other, one a query
     */
    public Result test(double[] differences) {
        double[] sizes =
                Arrays.stream(differences).map(Math::abs).filter(d -> d > 0).toArray();
        double total = Arrays.stream(sizes).sum();
        // A sum with signs flipped by the bits of a mask is 2 * (sum of the chosen) - total; equal sums may differ in
        // their last bits, hence the margin.
        double observed = Math.abs(Arrays.stream(differences).sum()) - 1e-12 * total;
        double[][] chosen = chosenSums(sizes);
        if (sizes.length < 31 && 1L << sizes.length <= permutations) {
            return new Result(exact(chosen, sizes.length, total, observed), true);
        }
        return new Result(drawn(chosen, total, observed), false);
    }

    private static double exact(double[][] chosen, int n, double total, double observed) {
        long extreme = 0;
        for (long mask = 0; mask < 1L << n; mask++) {
            double sum = 0;
            for (int block = 0; block < chosen.length; block++) {
                sum += chosen[block][(int) (mask >>> (BITS * block)) & 255];
            }
            if (Math.abs(2 * sum - total) >= observed) {
                extreme++;
            }
        }
        return (double) extreme / (1L << n);
    }

    private double drawn(double[][] chosen, double total, double observed) {
        SplittableRandom random = new SplittableRandom(seed);
        long extreme = 0;
        for (int i = 0; i < permutations; i++) {
            double sum = 0;
            long bits = 0;
            for (int block = 0; block < chosen.length; block++) {
                bits = block % (64 / BITS) == 0 ? random.nextLong() : bits >>> BITS;
                sum += chosen[block][(int) bits & 255];
            }
            if (Math.abs(2 * sum - total) >= observed) {
                extreme++;
            }
        }
        return (extreme + 1.0) / (permutations + 1.0);
    }

    /** For each eight sizes the sums of all their subsets, {@code double[blocks][256]}. */
    private static double[][] chosenSums(double[] sizes) {
        double[][] sums = new double[(sizes.length + BITS - 1) / BITS][1 << BITS];
        for (int i = 0; i < sizes.length; i++) {
            double[] block = sums[i / BITS];
            int bit = 1 << (i % BITS);
            for (int mask = 0; mask < block.length; mask++) {
                if ((mask & bit) != 0) {
                    block[mask] += sizes[i];
                }
            }
        }
        return sums;
    }
}
