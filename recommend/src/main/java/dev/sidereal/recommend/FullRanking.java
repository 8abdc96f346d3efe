package dev.sidereal.recommend;

import dev.sidereal.core.vector.TopK;
import java.util.List;

/**
 * Ranks all items by their scores. O(items) a history besides the scoring.
 *
 * @param name shown in tables
 * @param scorer scores all items
 */
public record FullRanking(String name, ItemScorer scorer) implements SequenceRecommender {
    @Override
    public Ranked rank(Histories histories, int k) {
        float[][] scores = new float[histories.count()][scorer.items()];
        scorer.score(histories, scores);
        int[][] items = new int[scores.length][];
        float[][] best = new float[scores.length][];
        for (int h = 0; h < scores.length; h++) {
            histories.mask(h, scores[h]);
            List<TopK.Scored> top = top(scores[h], k);
            items[h] = new int[top.size()];
            best[h] = new float[top.size()];
            for (int i = 0; i < top.size(); i++) {
                items[h][i] = (int) top.get(i).id();
                best[h][i] = top.get(i).score();
            }
        }
        return new Ranked(items, best);
    }

    private static List<TopK.Scored> top(float[] scores, int k) {
        TopK top = new TopK(k);
        float threshold = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            // Of equal scores the earlier item stays, so what only reaches the threshold of a full selection cannot
            // enter.
            if (scores[i] > threshold) {
                top.add(i, scores[i]);
                threshold = top.threshold();
            }
        }
        return top.best();
    }
}
