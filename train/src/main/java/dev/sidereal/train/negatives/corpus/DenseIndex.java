package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.MiningQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Exact search by dot product for blocks of queries, and the encoder that made the vectors. Documents are taken a tile at a
 * time, small enough for the cache, and each tile meets every query of the block: O(queries x documents x dims) work,
 * memory for the block's best lists. Vectors of the last queries are kept, since scorers ask for them again. Thread-safe.
 */
public final class DenseIndex {
    private static final int TILE = 512;
    private static final int QUERIES_KEPT = 1024;

    private final Encoder encoder;
    private final DocumentVectors documents;
    private final Map<String, float[]> queryVectors = new LinkedHashMap<>();

    /**
     * Joins an encoder and the vectors it made.
     *
     * @throws ArtifactMismatch if they differ in dimensions
     */
    public DenseIndex(Encoder encoder, DocumentVectors documents) {
        if (encoder.card().dims() != documents.dims()) {
            throw new ArtifactMismatch("the encoder '" + encoder.card().name() + "' gives "
                    + encoder.card().dims() + " dimensions, but the documents have " + documents.dims()
                    + "; encode the corpus with this encoder");
        }
        this.encoder = encoder;
        this.documents = documents;
    }

    /** {@return the encoder's name and the hash of the documents' vectors} */
    public String name() {
        return encoder.card().name() + "@" + documents.fingerprint();
    }

    /** {@return the documents' vectors} */
    public DocumentVectors documents() {
        return documents;
    }

    /** {@return one vector a query, in order} */
    public List<float[]> encode(List<MiningQuery> queries) {
        synchronized (queryVectors) {
            List<MiningQuery> unknown = queries.stream()
                    .filter(q -> !queryVectors.containsKey(q.text()))
                    .toList();
            if (!unknown.isEmpty()) {
                if (queryVectors.size() + unknown.size() > QUERIES_KEPT) {
                    queryVectors.clear();
                    unknown = queries;
                }
                float[][] made = encoder.encode(
                                Encoder.Role.QUERY,
                                unknown.stream().map(MiningQuery::text).toList())
                        .vectors();
                for (int i = 0; i < made.length; i++) {
                    queryVectors.put(unknown.get(i).text(), made[i]);
                }
            }
            List<float[]> vectors = new ArrayList<>(queries.size());
            for (MiningQuery query : queries) {
                vectors.add(Objects.requireNonNull(queryVectors.get(query.text())));
            }
            return vectors;
        }
    }

    /** {@return for each vector the {@code k} documents with the largest products, best first} */
    public List<List<TopK.Scored>> search(List<float[]> queries, int k) {
        int parts = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), queries.size()));
        List<List<List<TopK.Scored>>> found = IntStream.range(0, parts)
                .parallel()
                .mapToObj(p -> scan(part(queries, p, parts), k))
                .toList();
        return found.stream().flatMap(List::stream).toList();
    }

    private static List<float[]> part(List<float[]> queries, int part, int parts) {
        return queries.subList(queries.size() * part / parts, queries.size() * (part + 1) / parts);
    }

    private List<List<TopK.Scored>> scan(List<float[]> queries, int k) {
        List<TopK> best = queries.stream().map(q -> new TopK(k)).toList();
        float[] scores = new float[TILE];
        for (int first = 0; first < documents.size(); first += TILE) {
            int count = Math.min(TILE, documents.size() - first);
            for (int q = 0; q < queries.size(); q++) {
                documents.dots(queries.get(q), first, count, scores);
                best.get(q).addAll(first, scores, count);
            }
        }
        return best.stream().map(TopK::best).toList();
    }

    /** {@return the product of a query with a document} */
    public float score(float[] query, int document) {
        float[] score = new float[1];
        documents.dots(query, document, 1, score);
        return score[0];
    }

    /** {@return the product of a query with a text that is in no corpus} */
    public float score(float[] query, String text) {
        return Vectors.dot(
                query, encoder.encode(Encoder.Role.DOCUMENT, List.of(text)).vectors()[0]);
    }
}
