package dev.sidereal.recommend.baseline;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.log.Cases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A weighted sum of probabilities of the next item, one distribution a part, each over the items that may come back. As
 * thread-safe as its parts.
 *
 * @param parts at least one
 * @param weights of each part, {@code double[parts]}, 0 or more
 */
public record Mixture(List<Part> parts, double[] weights) implements ItemScorer {
    private static final int MOST_CASES = 8_000;

    public Mixture {
        parts = List.copyOf(parts);
        if (parts.isEmpty()
                || parts.size() != weights.length
                || Arrays.stream(weights).anyMatch(w -> !(w >= 0))) {
            throw new BadConfig("a mixture needs a weight of 0 or more for each of its parts, got "
                    + Arrays.toString(weights) + " for " + parts.size());
        }
    }

    /**
     * Something that scores, and how scores become probabilities.
     *
     * @param name for messages
     * @param scorer its scores
     * @param sharpness scores are multiplied with this before a softmax; 0 takes scores above zero in proportion instead
     */
    public record Part(String name, ItemScorer scorer, double sharpness) {
        /** Makes probabilities of scores in place; all zero where there is no score. */
        void normalise(float[] scores) {
            float max = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                max = Math.max(max, score);
            }
            if (max == Float.NEGATIVE_INFINITY) {
                Arrays.fill(scores, 0);
                return;
            }
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                if (sharpness > 0) {
                    scores[i] = (float) Math.exp(sharpness * (scores[i] - max));
                } else {
                    scores[i] = Math.max(0, scores[i]);
                }
                sum += scores[i];
            }
            float scale = sum == 0 ? 0 : (float) (1 / sum);
            for (int i = 0; i < scores.length; i++) {
                scores[i] *= scale;
            }
        }
    }

    /** {@return its parts with their weights, in words} */
    public String described() {
        List<String> words = new ArrayList<>();
        for (int p = 0; p < weights.length; p++) {
            words.add(weights[p] + " " + parts.get(p).name);
        }
        return String.join(" + ", words);
    }

    @Override
    public int items() {
        return parts.getFirst().scorer.items();
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        float[][][] probabilities = probabilities(parts, histories);
        for (int h = 0; h < scores.length; h++) {
            mix(probabilities, h, weights, scores[h]);
        }
    }

    private static float[][][] probabilities(List<Part> parts, Histories histories) {
        float[][][] all = new float[parts.size()][histories.count()]
                [parts.getFirst().scorer.items()];
        for (int p = 0; p < all.length; p++) {
            parts.get(p).scorer.score(histories, all[p]);
            for (int h = 0; h < histories.count(); h++) {
                histories.mask(h, all[p][h]);
                parts.get(p).normalise(all[p][h]);
            }
        }
        return all;
    }

    private static void mix(float[][][] probabilities, int history, double[] weights, float[] out) {
        Arrays.fill(out, 0);
        for (int p = 0; p < weights.length; p++) {
            float weight = (float) weights[p];
            float[] part = probabilities[p][history];
            for (int i = 0; weight > 0 && i < out.length; i++) {
                out[i] += weight * part[i];
            }
        }
    }

    /**
     * {@return the mixture with the best nDCG@10 on cases, of all weights that are multiples of a tenth and sum to one; of
     * more than 8,000 cases, as many at equal distances}
     *
     * @param evaluation says whether what was seen may come back
     */
    public static Mixture tuned(List<Part> parts, RecommendEvaluation evaluation, Cases cases, Progress progress) {
        List<double[]> grid = grid(parts.size(), 10).stream()
                .map(tenths -> Arrays.stream(tenths).mapToDouble(t -> t / 10.0).toArray())
                .collect(Collectors.toList());
        double[] sums = new double[grid.size()];
        Cases some = cases.atMost(MOST_CASES);
        float[] mixed = new float[parts.getFirst().scorer.items()];
        try (Progress.Task task = progress.start("choosing weights of the mixture", some.count())) {
            for (int from = 0; from < some.count(); from += evaluation.batch()) {
                int to = Math.min(from + evaluation.batch(), some.count());
                float[][][] probabilities = probabilities(parts, evaluation.histories(some, from, to));
                for (int h = 0; h < to - from; h++) {
                    for (int g = 0; g < sums.length; g++) {
                        mix(probabilities, h, grid.get(g), mixed);
                        sums[g] += gain(mixed, some.targets()[from + h]);
                    }
                }
                task.advance(to - from);
            }
        }
        int best = 0;
        for (int g = 1; g < sums.length; g++) {
            best = sums[g] > sums[best] ? g : best;
        }
        return new Mixture(parts, grid.get(best));
    }

    private static double gain(float[] scores, int target) {
        float own = scores[target];
        if (!(own > 0)) {
            return 0;
        }
        int rank = 1;
        for (int i = 0; i < scores.length; i++) {
            rank += scores[i] > own || (scores[i] == own && i < target) ? 1 : 0;
        }
        return rank > 10 ? 0 : Math.log(2) / Math.log(rank + 1.0);
    }

    /** {@return all ways to share a whole number among so many} */
    private static List<int[]> grid(int parts, int whole) {
        if (parts == 1) {
            return List.of(new int[] {whole});
        }
        List<int[]> all = new ArrayList<>();
        for (int first = 0; first <= whole; first++) {
            for (int[] rest : grid(parts - 1, whole - first)) {
                int[] shares = new int[parts];
                shares[0] = first;
                System.arraycopy(rest, 0, shares, 1, rest.length);
                all.add(shares);
            }
        }
        return all;
    }
}
