package dev.sidereal.bench;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An encoder that answers from memory, so that a search can be timed without encoding. Thread-safe. */
final class KnownVectors implements Encoder {
    private final EncoderCard card;
    private final Map<String, float[]> queries = new HashMap<>();
    private final Map<String, float[]> documents = new HashMap<>();

    private KnownVectors(EncoderCard card) {
        this.card = card;
    }

    /** Encodes all texts once. */
    static KnownVectors of(Encoder encoder, List<String> documents, List<String> queries) {
        KnownVectors known = new KnownVectors(encoder.card());
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
        return card;
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        Map<String, float[]> known = role == Role.QUERY ? queries : documents;
        float[][] vectors = texts.stream()
                .map(text -> Objects.requireNonNull(known.get(text), "a text was not encoded beforehand"))
                .toArray(float[][]::new);
        return new Embeddings(vectors, 0, 0);
    }

    @Override
    public void close() {}
}
