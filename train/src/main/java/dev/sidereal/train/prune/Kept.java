package dev.sidereal.train.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What stays, each in the parent's order.
 *
 * @param channels of the residual stream, one choice for all layers, since they share it
 * @param neurons of each layer
 * @param heads columns of the joined heads of each layer
 */
record Kept(int[] channels, List<int[]> neurons, List<int[]> heads) {
    static Kept of(Subject subject, Calibration calibration, PruneSettings settings) {
        double[] residual = new double[subject.hidden()];
        List<int[]> neurons = new ArrayList<>();
        List<int[]> heads = new ArrayList<>();
        int width = subject.headWidth();
        for (int layer = 0; layer < subject.layers(); layer++) {
            addTo(residual, calibration.at(subject.attention(layer)).scores(1));
            addTo(residual, calibration.at(subject.feedForward(layer)).scores(1));
            neurons.add(largest(calibration.at(subject.neurons(layer)).scores(1), settings.intermediate(), 0));
            if (width > 0) {
                double[] scores = calibration.at(subject.joined(layer)).scores(width);
                heads.add(columns(largest(scores, settings.hidden() / width, 0), width));
            }
        }
        return new Kept(largest(residual, settings.hidden(), settings.prefix()), neurons, heads);
    }

    /** {@return positions on that axis, rising; none if it stays as it is} */
    int[] of(Subject.Axis axis, int layer) {
        return switch (axis) {
            case OTHER -> new int[0];
            case CHANNELS -> channels;
            case NEURONS -> neurons.get(layer);
            case HEADS -> heads.get(layer);
        };
    }

    private static void addTo(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /** {@return positions of the first ones and then of the largest scores, rising; of equal scores the first} */
    static int[] largest(double[] scores, int count, int first) {
        Comparator<Integer> order = Comparator.<Integer>comparingDouble(i -> i < first ? 0 : 1)
                .thenComparingDouble(i -> -scores[i])
                .thenComparingInt(i -> i);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(order)
                .limit(count)
                .mapToInt(i -> i)
                .sorted()
                .toArray();
    }

    private static int[] columns(int[] heads, int width) {
        return Arrays.stream(heads)
                .flatMap(head -> IntStream.range(head * width, (head + 1) * width))
                .toArray();
    }
}
