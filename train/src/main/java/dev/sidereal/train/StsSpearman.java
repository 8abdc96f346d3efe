package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.train.data.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation of cosines with the scores of pairs, ties sharing their mean rank.
 *
 * @param dev pairs with scores
 */
public record StsSpearman(Dataset dev) implements DevMeasure {
    @Override
    public String name() {
        return "spearman";
    }

    @Override
    public double of(Embedder embedder) {
        float[][] left = PlainVectors.of(
                embedder,
                Role.DOCUMENT,
                dev.examples().stream().map(e -> e.query().text()).toList());
        float[][] right = PlainVectors.of(
                embedder,
                Role.DOCUMENT,
                dev.examples().stream()
                        .map(e -> e.positives().getFirst().text())
                        .toList());
        double[] cosines = new double[left.length];
        double[] scores = new double[left.length];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = PlainVectors.dot(left[i], right[i]);
            scores[i] = dev.examples().get(i).scores().getFirst();
        }
        return correlation(cosines, scores);
    }

    /** {@return the correlation of two lists of the same length, 0 if one is all ties} */
    public static double correlation(double[] a, double[] b) {
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < a.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(double[] values) {
        List<Integer> order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toList();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < values.length) {
            int to = from;
            while (to < values.length && values[order.get(to)] == values[order.get(from)]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order.get(i)] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
