package dev.sidereal.core;

import java.util.List;

/**
 * Turns texts into vectors. Implementations are thread-safe and may batch across callers.
 */
public interface Encoder extends AutoCloseable {
    /** {@return what this encoder is; two encoders with equal cards give equal vectors} */
    EncoderCard card();

    /**
     * Encodes texts.
     *
     * @param role whether the texts are queries or documents; models with instructions treat them differently
     * @param texts any number, any length; what is over the model's limit is cut and counted
     * @return one vector a text, in order
     */
    Embeddings encode(Role role, List<String> texts);

    @Override
    void close();

    /** The side of a retrieval pair that a text stands on. */
    enum Role {
        QUERY,
        DOCUMENT
    }

    /**
     * Vectors with what it took to make them.
     *
     * @param vectors {@code float[texts][dims]}
     * @param tokens tokens read by the model, padding excluded
     * @param truncated how many texts were cut at the model's limit
     */
    record Embeddings(float[][] vectors, long tokens, int truncated) {}
}
