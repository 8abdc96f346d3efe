package dev.sidereal.train.negatives;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of scores in bins of equal width. The width is a power of two and doubles when there would be more than 64 bins,
 * so that any range fits and the result does not depend on the order of the scores.
 *
 * @param width width of a bin
 * @param counts lower edge of a bin to how many scores it holds; empty bins are left out
 */
public record ScoreHistogram(double width, SortedMap<Double, Long> counts) {
    public ScoreHistogram {
        counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** {@return how many scores were counted} */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Collects scores. Not thread-safe. */
    static final class Builder {
        private static final int MAX_BINS = 64;
        private static final double FINEST = 0x1p-6;

        private double width = FINEST;
        private TreeMap<Long, Long> bins = new TreeMap<>();

        void add(double score) {
            long bin = (long) Math.floor(score / width);
            bins.merge(bin, 1L, Long::sum);
            while (bins.lastKey() - bins.firstKey() >= MAX_BINS) {
                coarsen();
            }
        }

        private void coarsen() {
            TreeMap<Long, Long> wider = new TreeMap<>();
            bins.forEach((bin, count) -> wider.merge(Math.floorDiv(bin, 2L), count, Long::sum));
            bins = wider;
            width *= 2;
        }

        ScoreHistogram build() {
            SortedMap<Double, Long> counts = new TreeMap<>();
            for (Map.Entry<Long, Long> bin : bins.entrySet()) {
                counts.put(bin.getKey() * width, bin.getValue());
            }
            return new ScoreHistogram(width, counts);
        }
    }
}
