package dev.sidereal.eval.embedding;

import dev.sidereal.core.error.BadInput;
import java.util.HashMap;
import java.util.Map;

/**
 * How well clusters agree with classes, whatever their numbers. Source: Rosenberg and Hirschberg, EMNLP-CoNLL 2007.
 *
 * @param homogeneity 1 when each cluster holds one class
 * @param completeness 1 when each class lies in one cluster
 */
public record VMeasure(double homogeneity, double completeness) {
    /**
     * {@return the measure of a clustering}
     *
     * @param classes a class a text
     * @param clusters its cluster
     * @throws BadInput if there are none, or not as many of one as of the other
     */
    public static VMeasure of(int[] classes, int[] clusters) {
        if (classes.length == 0 || classes.length != clusters.length) {
            throw new BadInput("a clustering needs a class and a cluster for each text, got " + classes.length + " and "
                    + clusters.length);
        }
        double ofClasses = entropy(counts(classes), classes.length);
        double ofClusters = entropy(counts(clusters), classes.length);
        double joint = entropy(counts(classes, clusters), classes.length);
        double shared = ofClasses + ofClusters - joint;
        return new VMeasure(ofClasses == 0 ? 1 : shared / ofClasses, ofClusters == 0 ? 1 : shared / ofClusters);
    }

    /** {@return the harmonic mean of both} */
    public double value() {
        double sum = homogeneity + completeness;
        return sum == 0 ? 0 : 2 * homogeneity * completeness / sum;
    }

    private static Map<Long, Integer> counts(int[] values) {
        return counts(values, new int[values.length]);
    }

    private static Map<Long, Integer> counts(int[] a, int[] b) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 0; i < a.length; i++) {
            counts.merge((long) a[i] << 32 | b[i], 1, Integer::sum);
        }
        return counts;
    }

    private static double entropy(Map<Long, Integer> counts, int n) {
        return counts.values().stream()
                .mapToDouble(c -> -(double) c / n * Math.log((double) c / n))
                .sum();
    }
}
