package dev.sidereal.model.cache;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.model.TruncationReport;
import dev.sidereal.model.cache.RecordLayout.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An encoder that reads a text once: vectors are kept on disk under the hash of the encoder's fingerprint, the role and
 * the text. Shared by processes; a record that a killed process left half-written is found by its checksum and computed
 * again. Thread-safe. Costs 32 to 64 bytes of heap a kept vector, and 4 x dims + 24 bytes of disk.
 */
public final class CachedEncoder implements Encoder {
    private static final int CHUNK = 4096;

    private final Encoder inner;
    private final VectorStore store;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    private CachedEncoder(Encoder inner, VectorStore store) {
        this.inner = inner;
        this.store = store;
    }

    /**
     * Puts a cache before an encoder, which is closed with it.
     *
     * @param folder holds a folder for each encoder's fingerprint; see {@link dev.sidereal.model.CacheFolder#vectors()}
     * @throws dev.sidereal.core.error.Unavailable if the folder cannot be written
     */
    public static CachedEncoder open(Encoder inner, Path folder) {
        EncoderCard card = inner.card();
        return new CachedEncoder(inner, VectorStore.open(folder.resolve(card.fingerprint()), card.dims()));
    }

    @Override
    public EncoderCard card() {
        return inner.card();
    }

    /** Encodes texts; tokens are counted where the model read them, cut texts also where the cache knew them. */
    @Override
    public Embeddings encode(Role role, List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        long tokens = 0;
        int truncated = 0;
        for (int from = 0; from < vectors.length; from += CHUNK) {
            int to = Math.min(from + CHUNK, vectors.length);
            Embeddings chunk = chunk(role, texts.subList(from, to));
            System.arraycopy(chunk.vectors(), 0, vectors, from, to - from);
            tokens += chunk.tokens();
            truncated += chunk.truncated();
        }
        return new Embeddings(vectors, tokens, truncated);
    }

    /** {@return how often the cache helped since it was opened, and what it holds} */
    public Statistics statistics() {
        return new Statistics(hits.get(), misses.get(), store.size());
    }

    @Override
    public void close() {
        try (inner) {
            store.close();
        }
    }

    private Embeddings chunk(Role role, List<String> texts) {
        List<Key> keys = texts.stream()
                .map(text -> Key.of(card().fingerprint(), role, text))
                .toList();
        Map<Key, Entry> known = new HashMap<>();
        Map<Key, String> unknown = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            if (known.containsKey(key) || unknown.containsKey(key)) {
                hits.incrementAndGet();
                continue;
            }
            Optional<Entry> kept = store.get(key);
            (kept.isPresent() ? hits : misses).incrementAndGet();
            if (kept.isPresent()) {
                known.put(key, kept.get());
            } else {
                unknown.put(key, texts.get(i));
            }
        }
        Embeddings made = unknown.isEmpty() ? new Embeddings(new float[0][], 0, 0) : compute(role, unknown, known);
        float[][] vectors = new float[keys.size()][];
        int truncated = 0;
        for (int i = 0; i < vectors.length; i++) {
            Entry entry = known.get(keys.get(i));
            if (entry == null) {
                throw new IllegalStateException("A text was neither known nor computed");
            }
            // A copy for each further occurrence: callers own the arrays they get.
            vectors[i] = entry.vector().clone();
            truncated += entry.cut() ? 1 : 0;
        }
        // An encoder that does not name the texts it cut is believed about their number.
        return new Embeddings(vectors, made.tokens(), Math.max(truncated, made.truncated()));
    }

    private Embeddings compute(Role role, Map<Key, String> unknown, Map<Key, Entry> known) {
        List<String> texts = new ArrayList<>(unknown.values());
        Embeddings made = inner.encode(role, texts);
        BitSet cut = new BitSet();
        if (made.truncated() == texts.size()) {
            cut.set(0, texts.size());
        } else if (made.truncated() > 0 && inner instanceof TruncationReport report) {
            cut = report.truncated(role, texts);
        }
        Map<Key, Entry> entries = new LinkedHashMap<>();
        int i = 0;
        for (Key key : unknown.keySet()) {
            entries.put(key, new Entry(made.vectors()[i], cut.get(i)));
            i++;
        }
        store.put(entries);
        known.putAll(entries);
        return made;
    }

    /**
     * What a cache did.
     *
     * @param hits texts that were not encoded, since the cache or the same call knew them
     * @param misses texts that were encoded
     * @param vectors how many vectors the cache holds
     */
    public record Statistics(long hits, long misses, int vectors) {}
}
