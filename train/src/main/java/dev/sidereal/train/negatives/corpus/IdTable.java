package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.TextHash;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Numbers by id: open addressing over numbers alone, the ids are read where they lie. */
final class IdTable {
    private final int size;
    private final int[] slots;
    private final IntFunction<String> ids;

    IdTable(int size, IntFunction<String> ids) {
        this.size = size;
        this.ids = ids;
        this.slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, size)) << 2)];
        Arrays.fill(slots, -1);
    }

    /** @throws BadInput if an id repeats */
    void fill() {
        for (int number = 0; number < size; number++) {
            String id = ids.apply(number);
            int slot = slot(id);
            if (slots[slot] >= 0) {
                throw new BadInput("the corpus has the id '" + id + "' twice, as documents " + (slots[slot] + 1)
                        + " and " + (number + 1) + "; ids must be unique");
            }
            slots[slot] = number;
        }
    }

    int find(String id) {
        return slots[slot(id)];
    }

    /** {@return where the id is, or the free slot where it would be} */
    private int slot(String id) {
        int slot = (int) TextHash.of(id) & (slots.length - 1);
        while (slots[slot] >= 0 && !ids.apply(slots[slot]).equals(id)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
