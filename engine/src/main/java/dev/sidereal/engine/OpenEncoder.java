package dev.sidereal.engine;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.model.CacheFolder;
import dev.sidereal.model.Encoders;
import dev.sidereal.model.cache.CachedEncoder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * An encoder by name with the cache on disk before it, which says what it cost. Thread-safe.
 *
 * <p>Queries are not cached: what a user types is not written to a disk, and times stay honest.
 */
public final class OpenEncoder implements Encoder {
    private final Encoder inner;
    private final CachedEncoder cached;
    private final LongAdder nanos = new LongAdder();
    private final LongAdder truncated = new LongAdder();
    private final LongAdder texts = new LongAdder();

    private OpenEncoder(Encoder inner) {
        this.inner = inner;
        this.cached = CachedEncoder.open(inner, CacheFolder.vectors());
    }

    /**
     * Opens one.
     *
     * @param spec a packaged model's name, a folder or a server's address
     * @throws dev.sidereal.core.error.BadConfig if it is none of these
     */
    public static OpenEncoder of(String spec) {
        return new OpenEncoder(Encoders.open(spec));
    }

    @Override
    public EncoderCard card() {
        return inner.card();
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        if (role == Role.QUERY) {
            return inner.encode(role, texts);
        }
        long start = System.nanoTime();
        Embeddings embeddings = cached.encode(role, texts);
        nanos.add(System.nanoTime() - start);
        truncated.add(embeddings.truncated());
        this.texts.add(texts.size());
        return embeddings;
    }

    /**
     * What encoding documents took so far.
     *
     * @param texts asked for
     * @param fromCache of these, found in the cache
     * @param truncated of these, cut at the model's limit
     * @param seconds wall-clock, look-ups included
     */
    public record Cost(long texts, long fromCache, long truncated, double seconds) {}

    /** {@return what encoding documents took so far} */
    public Cost cost() {
        return new Cost(texts.sum(), cached.statistics().hits(), truncated.sum(), nanos.sum() / 1e9);
    }

    @Override
    public void close() {
        cached.close();
    }
}
