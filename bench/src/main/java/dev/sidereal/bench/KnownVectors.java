package dev.sidereal.bench;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An encoder that answers from memory, so that a search can be timed without encoding, and asks the real one for what it
 * does not know. Thread-safe.
 */
final class KnownVectors implements Encoder {
    private final Encoder encoder;
    private final Map<String, float[]> queries = new HashMap<>();
    private final Map<String, float[]> documents = new HashMap<>();

    private KnownVectors(Encoder encoder) {
        this.encoder = encoder;
    }

    /** Encodes all texts once. */
    static KnownVectors of(Encoder encoder, List<String> documents, List<String> queries) {
        KnownVectors known = new KnownVectors(encoder);
        known.add(known.documents, documents, encoder.encode(Role.DOCUMENT, documents));
        known.add(known.queries, queries, encoder.encode(Role.QUERY, queries));
        return known;
    }

    private void add(Map<String, float[]> to, List<String> texts, Embeddings embeddings) {
        for (int i = 0; i < texts.size(); i++) {
            to.put(texts.get(i), embeddings.vectors()[i]);
        }
    }

    @Override
    public EncoderCard card() {
        return encoder.card();
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        Map<String, float[]> known = role == Role.QUERY ? queries : documents;
        if (!known.keySet().containsAll(texts)) {
            return encoder.encode(role, texts);
        }
        return new Embeddings(texts.stream().map(known::get).toArray(float[][]::new), 0, 0);
    }

    /** The real one stays open. */
    @Override
    public void close() {}
}
