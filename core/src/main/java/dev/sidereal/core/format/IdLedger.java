package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Finds ids that are used twice, in 17 to 34 bytes an id: it keeps 64-bit hashes with the row's ordinal, and where two
 * hashes agree it reads the earlier row again to see whether the ids do. Not thread-safe.
 */
public final class IdLedger {
    private static final double MAX_LOAD = 0.7;

    private final ItemSource source;
    private final ToLongFunction<String> hash;
    private long[] hashes = new long[1 << 10];
    private int[] ordinals = new int[1 << 10];
    private int size;

    /**
     * An empty ledger.
     *
     * @param source where the ids come from; {@link #add} follows its order
     */
    public IdLedger(ItemSource source) {
        this(source, TextHash::of);
    }

    IdLedger(ItemSource source, ToLongFunction<String> hash) {
        this.source = source;
        this.hash = id -> {
            long h = hash.applyAsLong(id);
            return h == 0 ? 1 : h;
        };
    }

    /**
     * Notes an id.
     *
     * @param ordinal the row's position in the source, from 0
     * @throws BadInput if an earlier row has the same id; names both places
     */
    public void add(SourcedItem row, int ordinal) {
        if (size >= hashes.length * MAX_LOAD) {
            grow();
        }
        String id = row.item().id();
        long h = hash.applyAsLong(id);
        int slot = slot(h);
        while (hashes[slot] != 0) {
            if (hashes[slot] == h) {
                SourcedItem earlier = rowAt(ordinals[slot]);
                if (earlier.item().id().equals(id)) {
                    throw new BadInput(row.where() + ": the id '" + id + "' is already used at " + earlier.where()
                            + "; ids must be unique");
                }
            }
            slot = (slot + 1) & (hashes.length - 1);
        }
        hashes[slot] = h;
        ordinals[slot] = ordinal;
        size++;
    }

    /** {@return false if no row has this id; true if one has, or (once in 10^12 at a million ids) seems to have} */
    public boolean mayContain(String id) {
        long h = hash.applyAsLong(id);
        for (int slot = slot(h); hashes[slot] != 0; slot = (slot + 1) & (hashes.length - 1)) {
            if (hashes[slot] == h) {
                return true;
            }
        }
        return false;
    }

    private SourcedItem rowAt(int ordinal) {
        try (Stream<SourcedItem> rows = source.rows(BadRows.skip(Long.MAX_VALUE))) {
            return rows.skip(ordinal)
                    .findFirst()
                    .orElseThrow(() -> new BadInput("the data changed while it was read; run it again"));
        }
    }

    private int slot(long h) {
        return (int) h & (hashes.length - 1);
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldOrdinals = ordinals;
        hashes = new long[2 * oldHashes.length];
        ordinals = new int[2 * oldHashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                while (hashes[slot] != 0) {
                    slot = (slot + 1) & (hashes.length - 1);
                }
                hashes[slot] = oldHashes[i];
                ordinals[slot] = oldOrdinals[i];
            }
        }
    }
}
