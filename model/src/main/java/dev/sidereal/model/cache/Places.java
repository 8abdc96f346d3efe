package dev.sidereal.model.cache;

import java.util.Arrays;

/**
 * Where each key's record lies: an open-addressed table of 16 bytes a slot, at most half full, so 32 to 64 bytes a
 * vector. Holds the high half of a key; the record on disk tells whether it is the right one. Not thread-safe.
 */
final class Places {
    private static final long EMPTY = -1;
    private static final int INDEX_BITS = 44;

    private long[] keys = new long[1024];
    private long[] places = new long[1024];
    private int size;

    Places() {
        Arrays.fill(places, EMPTY);
    }

    /** A later record of the same key takes the place of the earlier. */
    void put(Key key, int segment, long index) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(key.high());
        size += places[slot] == EMPTY ? 1 : 0;
        keys[slot] = key.high();
        places[slot] = (long) segment << INDEX_BITS | index;
    }

    /** {@return the place of a key's record, negative if there is none} */
    long find(Key key) {
        return places[slot(key.high())];
    }

    static int segment(long place) {
        return (int) (place >>> INDEX_BITS);
    }

    static long index(long place) {
        return place & (1L << INDEX_BITS) - 1;
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (places[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new long[keys.length];
        Arrays.fill(places, EMPTY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPlaces[i] != EMPTY) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                places[slot] = oldPlaces[i];
            }
        }
    }
}
