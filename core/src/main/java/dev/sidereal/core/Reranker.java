package dev.sidereal.core;

import java.util.List;

/** Says how well texts answer a query, each read together with it. Implementations are thread-safe. */
public interface Reranker extends AutoCloseable {
    /** {@return what tells it from others in reports} */
    String name();

    /**
     * Scores texts.
     *
     * @return one finite score a text, in order; higher is better
     */
    double[] score(String query, List<String> texts);

    /** Frees what it holds. */
    @Override
    void close();
}
