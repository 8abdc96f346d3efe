package dev.sidereal.search;

import dev.sidereal.core.error.BadConfig;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds the legs' scores after each leg has said what they mean: words as a share of the most that the query's words can
 * give, vectors in standard deviations over the collection. A query whose words are not in the collection's texts so
 * has nearly no lexical score to add, and a leg that hurts loses its weight query by query.
 *
 * <p>Near to the convex combination with theoretical bounds of Bruch, Gai and Ingber (TOIS 2023), with the collection's
 * spread in place of a bound for vectors. The default weight of 6 for words was read off the training parts of SciFact
 * and the code search set; {@code docs/log.md} has the table.
 *
 * @param weights by leg, positive or zero
 */
public record CalibratedSum(SortedMap<String, Double> weights) implements Fusion {
    public CalibratedSum {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        weights.forEach((leg, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw new BadConfig("the weight of leg '" + leg + "' must be at least 0, got " + weight);
            }
        });
    }

    /** {@return the weights for words and vectors without judged queries} */
    public static CalibratedSum standard() {
        return wordsAgainstVectors(6);
    }

    /** {@return words with this weight, vectors with weight 1} */
    public static CalibratedSum wordsAgainstVectors(double weight) {
        SortedMap<String, Double> weights = new TreeMap<>();
        weights.put(Bm25Leg.NAME, weight);
        weights.put(DenseLeg.NAME, 1.0);
        return new CalibratedSum(weights);
    }

    @Override
    public String name() {
        return weights.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s=%.3g", e.getKey(), e.getValue()))
                .collect(Collectors.joining(",", "calibrated(", ")"));
    }

    @Override
    public double[][] contributions(Candidates candidates) {
        double[][] contributions = new double[candidates.legs().length][candidates.size()];
        for (int leg = 0; leg < contributions.length; leg++) {
            double weight = weights.getOrDefault(candidates.legs()[leg], 1.0);
            Scale scale = candidates.scales()[leg];
            for (int i = 0; i < candidates.size(); i++) {
                float score = candidates.scores()[leg][i];
                contributions[leg][i] = Float.isNaN(score) ? 0 : weight * scale.of(score);
            }
        }
        return contributions;
    }
}
