package dev.sidereal.core;

import java.util.List;

/**
 * Anything that finds items for a text: a leg of an index, a fusion of legs, a remote cluster. Implementations are
 * thread-safe.
 */
public interface Retriever {
    /** {@return the name shown in runs and tables} */
    String name();

    /**
     * Finds the best items the principal may read and the filter admits.
     *
     * @return best first, at most {@code k}; fewer only if fewer items match; ties in score by id ascending
     */
    List<Hit> retrieve(SearchRequest request);
}
