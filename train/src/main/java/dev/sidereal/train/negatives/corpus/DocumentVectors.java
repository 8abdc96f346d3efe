package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.vector.Vectors;

/** One vector a document, compared by dot product. Implementations are thread-safe. */
public interface DocumentVectors {
    /** {@return how many documents} */
    int size();

    /** {@return length of a vector} */
    int dims();

    /** {@return hash of all vectors: another model, or another state of it, gives another} */
    String fingerprint();

    /** {@return a copy of one vector} */
    float[] row(int document);

    /**
     * Dot products with consecutive documents.
     *
     * @param query {@code float[dims]}
     * @param scores receives {@code count} products from position 0
     */
    void dots(float[] query, int first, int count, float[] scores);

    /** {@return the dot product of two documents} */
    default float dot(int a, int b) {
        return Vectors.dot(row(a), row(b));
    }
}
