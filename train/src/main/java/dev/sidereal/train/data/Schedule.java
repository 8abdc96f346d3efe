package dev.sidereal.train.data;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which batch comes when. Each batch is of one dataset; the next is drawn with probability proportional to the number of
 * batches a dataset has left, until all are used up. The same settings and epoch give the same batches. Source: F2LLM-v2,
 * arXiv 2603.19223, and its code. Thread-safe.
 */
public final class Schedule {
    private final List<Dataset> datasets;
    private final List<BatchComposer> composers;
    private final Settings settings;

    /**
     * How batches are made.
     *
     * @param batchSize rows of a batch, at least 1; the last ones of an epoch may be smaller
     * @param negatives how many of a row's negatives a batch holds, drawn anew each epoch; 0 for none
     * @param bucket of how many batches the rows are sorted by length before they are cut into batches; 1 for no sorting
     * @param seed of all that is drawn
     */
    public record Settings(int batchSize, int negatives, int bucket, long seed) {
        /** @throws BadConfig naming the value that does not fit */
        public Settings {
            if (batchSize < 1 || negatives < 0 || bucket < 1) {
                throw new BadConfig("Batches need at least 1 row, 0 negatives and buckets of 1 batch, got " + batchSize
                        + ", " + negatives + " and " + bucket + ".");
            }
        }
    }

    /** Makes batches of these datasets, whose examples meet by chance. */
    public Schedule(List<Dataset> datasets, Settings settings) {
        this(datasets, datasets.stream().map(_ -> BatchComposer.mixed()).toList(), settings);
    }

    /**
     * Makes batches of these datasets.
     *
     * @param composers one a dataset
     */
    public Schedule(List<Dataset> datasets, List<BatchComposer> composers, Settings settings) {
        if (datasets.isEmpty()) {
            throw new BadConfig("Training needs at least one dataset.");
        }
        this.datasets = List.copyOf(datasets);
        this.composers = List.copyOf(composers);
        this.settings = settings;
    }

    /** {@return all batches of an epoch, counted from 0, in order} */
    public List<Batch> epoch(int number) {
        Random random = new Random(settings.seed * 0x9E3779B97F4A7C15L + number);
        List<Deque<Batch>> left = new ArrayList<>();
        int total = 0;
        for (int i = 0; i < datasets.size(); i++) {
            Deque<Batch> batches =
                    new ArrayDeque<>(new Batches(datasets.get(i), composers.get(i), settings, number, random).all());
            left.add(batches);
            total += batches.size();
        }
        List<Batch> order = new ArrayList<>(total);
        for (; total > 0; total--) {
            int draw = random.nextInt(total);
            for (Deque<Batch> batches : left) {
                if (draw < batches.size()) {
                    order.add(batches.removeFirst());
                    break;
                }
                draw -= batches.size();
            }
        }
        return order;
    }
}
