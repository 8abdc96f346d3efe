package dev.sidereal.search;

import dev.sidereal.core.Principal;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/**
 * Keeps the permitted documents of recent principals, a segment at a time, within a budget of bytes. Deletes and
 * refreshes need no invalidation: a changed segment has a new key. Thread-safe.
 */
final class PermittedDocsCache {
    private static final long BUDGET_BYTES = 64L << 20;
    /** Assumed for the remembered statistics of one entry. */
    private static final long OVERHEAD_BYTES = 16L << 10;

    private final Map<Key, PermittedDocs> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(IndexReader.CacheKey segment, Principal principal) {}

    PermittedDocs of(LeafReader reader, Principal principal) throws IOException {
        Key key = new Key(PermittedDocs.key(reader), principal);
        synchronized (this) {
            PermittedDocs known = entries.get(key);
            if (known != null) {
                return known;
            }
        }
        PermittedDocs made = PermittedDocs.of(reader, principal);
        synchronized (this) {
            PermittedDocs raced = entries.putIfAbsent(key, made);
            if (raced != null) {
                return raced;
            }
            bytes += bytes(made);
            evict();
        }
        reader.getReaderCacheHelper().addClosedListener(this::drop);
        return made;
    }

    private void evict() {
        Iterator<PermittedDocs> eldest = entries.values().iterator();
        while (bytes > BUDGET_BYTES && entries.size() > 1) {
            bytes -= bytes(eldest.next());
            eldest.remove();
        }
    }

    private synchronized void drop(IndexReader.CacheKey segment) {
        entries.entrySet().removeIf(e -> {
            boolean closed = e.getKey().segment().equals(segment);
            bytes -= closed ? bytes(e.getValue()) : 0;
            return closed;
        });
    }

    private static long bytes(PermittedDocs docs) {
        return OVERHEAD_BYTES + (docs.bits() == null ? 0 : docs.bits().ramBytesUsed());
    }
}
