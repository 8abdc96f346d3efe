package dev.sidereal.recommend.baseline;

import dev.sidereal.recommend.log.Sequences;

/** Where each item occurs in sequences: item {@code i} at the places from {@code offsets[i]} to before the next. */
record Occurrences(int[] offsets, int[] sequences, int[] positions) {
    static Occurrences of(Sequences train, int items) {
        int[] counts = train.counts(items);
        int[] offsets = new int[items + 1];
        for (int i = 0; i < items; i++) {
            offsets[i + 1] = offsets[i] + counts[i];
        }
        int[] next = offsets.clone();
        int[] sequences = new int[train.events()];
        int[] positions = new int[train.events()];
        for (int s = 0; s < train.count(); s++) {
            for (int p = 0; p < train.length(s); p++) {
                int at = next[train.item(s, p)]++;
                sequences[at] = s;
                positions[at] = p;
            }
        }
        return new Occurrences(offsets, sequences, positions);
    }
}
