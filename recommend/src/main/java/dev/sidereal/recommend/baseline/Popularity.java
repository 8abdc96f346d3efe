package dev.sidereal.recommend.baseline;

import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.log.Sequences;

/** The number of events an item has, whoever asks; items without any are not recommended. Immutable and thread-safe. */
public final class Popularity implements ItemScorer {
    private final float[] scores;

    private Popularity(float[] scores) {
        this.scores = scores;
    }

    /** {@return the popularity in training sequences of items from 0 to before {@code items}} */
    public static Popularity fit(Sequences train, int items) {
        int[] counts = train.counts(items);
        float[] scores = new float[items];
        for (int i = 0; i < items; i++) {
            scores[i] = counts[i] == 0 ? Float.NEGATIVE_INFINITY : counts[i];
        }
        return new Popularity(scores);
    }

    @Override
    public int items() {
        return scores.length;
    }

    @Override
    public void score(Histories histories, float[][] out) {
        for (int h = 0; h < histories.count(); h++) {
            System.arraycopy(scores, 0, out[h], 0, scores.length);
        }
    }
}
