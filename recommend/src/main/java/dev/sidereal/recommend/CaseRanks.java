package dev.sidereal.recommend;

import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;

/**
 * Where the targets of cases stand in a system's rankings, case by case, and what follows from that.
 *
 * @param system the system's name
 * @param ranks rank of the target from 1, 0 where it is not among the first {@code depth}, {@code int[cases]}
 * @param depth how far the rankings were looked at
 * @param returned answers that came back
 * @param valid of these, items that may come back and did not before in the same ranking
 * @param seconds the ranking took, wall-clock
 */
public record CaseRanks(String system, int[] ranks, int depth, long returned, long valid, double seconds) {
    /** {@return the share of cases whose target is among the first {@code k}; one target a case, so also the hit rate} */
    public double recall(int k) {
        return mean(recalls(k));
    }

    /** {@return mean of {@code 1 / log2(rank + 1)}, 0 beyond {@code k}} */
    public double ndcg(int k) {
        return mean(ndcgs(k));
    }

    /** {@return the share of answers that are items which may come back; 1 if nothing came back} */
    public double validRate() {
        return returned == 0 ? 1 : (double) valid / returned;
    }

    /** {@return cases ranked a second} */
    public double usersPerSecond() {
        return ranks.length / Math.max(seconds, 1e-9);
    }

    /** {@return 1 or 0 a case} */
    public double[] recalls(int k) {
        double[] values = new double[ranks.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = within(c, k) ? 1 : 0;
        }
        return values;
    }

    /** {@return nDCG of each case} */
    public double[] ndcgs(int k) {
        double[] values = new double[ranks.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = within(c, k) ? Math.log(2) / Math.log(ranks[c] + 1.0) : 0;
        }
        return values;
    }

    private boolean within(int c, int k) {
        if (k > depth) {
            throw new IllegalArgumentException("a measure at " + k + " of rankings of depth " + depth);
        }
        return ranks[c] > 0 && ranks[c] <= k;
    }

    /** {@return interval of the mean of paired differences, value of one system minus value of the other} */
    public static Interval paired(double[] ours, double[] theirs, Bootstrap bootstrap) {
        double[] differences = new double[ours.length];
        for (int c = 0; c < ours.length; c++) {
            differences[c] = ours[c] - theirs[c];
        }
        return bootstrap.ofMean(differences);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
