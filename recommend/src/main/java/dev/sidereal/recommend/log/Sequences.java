package dev.sidereal.recommend.log;

import java.util.Arrays;
import java.util.List;

/**
 * Sequences of items of many users in two arrays: sequence {@code s} is {@code items[offsets[s] .. offsets[s + 1])},
 * oldest first. Immutable and thread-safe; 4 bytes an event.
 */
public final class Sequences {
    private final int[] offsets;
    private final int[] items;

    private Sequences(int[] offsets, int[] items) {
        this.offsets = offsets;
        this.items = items;
    }

    /** {@return these sequences} */
    public static Sequences of(List<int[]> sequences) {
        Builder builder = new Builder();
        sequences.forEach(builder::add);
        return builder.build();
    }

    /** {@return how many sequences there are} */
    public int count() {
        return offsets.length - 1;
    }

    /** {@return how many events all have together} */
    public int events() {
        return items.length;
    }

    /** {@return how many events a sequence has} */
    public int length(int sequence) {
        return offsets[sequence + 1] - offsets[sequence];
    }

    /** {@return the item at a position of a sequence} */
    public int item(int sequence, int position) {
        return items[offsets[sequence] + position];
    }

    /** {@return a copy of a sequence} */
    public int[] get(int sequence) {
        return Arrays.copyOfRange(items, offsets[sequence], offsets[sequence + 1]);
    }

    /** {@return a copy of the last events of a sequence, all if it has no more than {@code most}} */
    public int[] last(int sequence, int most) {
        int end = offsets[sequence + 1];
        return Arrays.copyOfRange(items, Math.max(offsets[sequence], end - most), end);
    }

    /** {@return how often each item occurs, {@code int[items]}} */
    public int[] counts(int size) {
        int[] counts = new int[size];
        for (int item : items) {
            counts[item]++;
        }
        return counts;
    }

    /** {@return the sequences without their last events; a shorter one becomes empty} */
    Sequences withoutLast(int events) {
        Builder builder = new Builder();
        for (int s = 0; s < count(); s++) {
            int end = Math.max(offsets[s], offsets[s + 1] - events);
            builder.add(Arrays.copyOfRange(items, offsets[s], end));
        }
        return builder.build();
    }

    /** {@return the sequences with the most recent {@code most} events alone: packed sequences of a maximum length} */
    public Sequences cut(int most) {
        Builder builder = new Builder();
        for (int s = 0; s < count(); s++) {
            builder.add(last(s, most));
        }
        return builder.build();
    }

    /** {@return a text that equal sequences share and others do not, for hashes of content} */
    String hashText() {
        return Arrays.toString(offsets) + Arrays.toString(items);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequences that
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(items);
    }

    /** Collects sequences. Not thread-safe. */
    public static final class Builder {
        private final IntList offsets = new IntList();
        private final IntList items = new IntList();

        /** Begins without sequences. */
        public Builder() {
            offsets.add(0);
        }

        /** Adds a sequence. */
        public Builder add(int... sequence) {
            for (int item : sequence) {
                items.add(item);
            }
            offsets.add(items.size());
            return this;
        }

        /** {@return the sequences added so far} */
        public Sequences build() {
            return new Sequences(offsets.toArray(), items.toArray());
        }
    }
}
