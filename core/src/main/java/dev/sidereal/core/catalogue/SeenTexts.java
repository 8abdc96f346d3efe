package dev.sidereal.core.catalogue;

import dev.sidereal.core.format.TextHash;

/** Counts texts that came before, by their 64-bit hashes; at most 32 bytes a text. Not thread-safe. */
final class SeenTexts {
    private long[] table = new long[1 << 10];
    private int size;
    private long repeated;

    void add(String text) {
        if (2L * size >= table.length) {
            long[] old = table;
            table = new long[2 * old.length];
            size = 0;
            for (long hash : old) {
                if (hash != 0) {
                    insert(hash);
                }
            }
        }
        long hash = TextHash.of(text);
        if (!insert(hash == 0 ? 1 : hash)) {
            repeated++;
        }
    }

    private boolean insert(long hash) {
        int slot = (int) hash & (table.length - 1);
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = hash;
        size++;
        return true;
    }

    /** {@return how many texts had come before} */
    long repeated() {
        return repeated;
    }
}
