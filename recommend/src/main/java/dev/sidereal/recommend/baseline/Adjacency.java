package dev.sidereal.recommend.baseline;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.log.Sequences;
import java.util.Arrays;

/**
 * Adjacency item-kNN: items that stand near each other in sequences, the nearer the more, damped by how often each occurs;
 * summed over the last items of the history, the later the more. Items that were near none of the history are not
 * recommended. Immutable and thread-safe.
 */
public final class Adjacency implements ItemScorer {
    private final SparseRows near;
    private final Settings settings;

    private Adjacency(SparseRows near, Settings settings) {
        this.near = near;
        this.settings = settings;
    }

    /**
     * What near means.
     *
     * @param window how far apart two items may stand
     * @param backward what an item before another counts, where one after it counts 1
     * @param damping exponent of the number of events an item has: 0.5 is the cosine, 0 none
     * @param history how many of the last items are looked at
     * @param decay what an item one step further back counts
     */
    public record Settings(int window, double backward, double damping, int history, double decay) {
        /** Untuned: 10, 0.7, 0.5, 20, 0.7. */
        public static final Settings PLAIN = new Settings(10, 0.7, 0.5, 20, 0.7);

        public Settings {
            if (window < 1 || history < 1 || !(backward >= 0 && damping >= 0 && decay > 0)) {
                throw new BadConfig("adjacency needs a window and a history of 1 or more, backward and damping of 0 or"
                        + " more and a decay above 0, got " + window + ", " + history + ", " + backward + ", " + damping
                        + " and " + decay);
            }
        }

        @Override
        public String toString() {
            return "window " + window + ", backward " + backward + ", damping " + damping + ", history " + history
                    + ", decay " + decay;
        }
    }

    /** {@return what is near in training sequences of items from 0 to before {@code items}} */
    public static Adjacency fit(Sequences train, int items, Settings settings) {
        Occurrences places = Occurrences.of(train, items);
        float[] factors = new float[items];
        for (int i = 0; i < items; i++) {
            int count = places.offsets()[i + 1] - places.offsets()[i];
            factors[i] = (float) Math.pow(Math.max(1, count), -settings.damping);
        }
        float[] after = new float[settings.window + 1];
        float[] before = new float[settings.window + 1];
        for (int d = 1; d <= settings.window; d++) {
            after[d] = (float) (1.0 / d);
            before[d] = (float) (settings.backward / d);
        }
        return new Adjacency(
                SparseRows.square(
                        items,
                        (row, sums) -> {
                            for (int o = places.offsets()[row]; o < places.offsets()[row + 1]; o++) {
                                int s = places.sequences()[o];
                                int p = places.positions()[o];
                                for (int q = Math.max(0, p - settings.window); q < p; q++) {
                                    sums[train.item(s, q)] += before[p - q];
                                }
                                int end = Math.min(train.length(s), p + settings.window + 1);
                                for (int q = p + 1; q < end; q++) {
                                    sums[train.item(s, q)] += after[q - p];
                                }
                            }
                        },
                        factors),
                settings);
    }

    @Override
    public int items() {
        return near.rows();
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        for (int h = 0; h < histories.count(); h++) {
            float[] sums = scores[h];
            Arrays.fill(sums, 0);
            int[] last = histories.last(h, settings.history);
            double weight = 1;
            for (int i = last.length - 1; i >= 0; i--) {
                near.addRow(last[i], (float) weight, sums);
                weight *= settings.decay;
            }
            Untold.mark(sums);
        }
    }
}
