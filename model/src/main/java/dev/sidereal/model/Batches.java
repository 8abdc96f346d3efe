package dev.sidereal.model;

import dev.sidereal.model.Tokenizer.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a window of texts into batches of near-equal length, so that little padding is read. Longest first: what does
 * not fit in memory shows at once.
 */
final class Batches {
    /**
     * Tokens of a batch, padding included. Measured on CPUs: throughput is flat from 256 to 512, and 20 % lower at
     * 2,048 and 50 % at 4,096, where the activations leave the cache.
     */
    static final int BUDGET = 512;

    private Batches() {}

    /** {@return batches of positions in {@code texts}; the first of each batch is its longest} */
    static List<int[]> of(Tokens[] texts, int budget) {
        Integer[] order = new Integer[texts.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingInt((Integer i) -> texts[i].count()).reversed());
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int width = texts[order[from]].count();
            int size = Math.min(Math.max(1, budget / width), order.length - from);
            int[] batch = new int[size];
            for (int i = 0; i < size; i++) {
                batch[i] = order[from + i];
            }
            batches.add(batch);
            from += size;
        }
        return batches;
    }
}
