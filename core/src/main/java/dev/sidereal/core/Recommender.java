package dev.sidereal.core;

import java.util.List;

/**
 * Anything that says what a user may want next: a neighbourhood, a sequence model, a generative one. Implementations are
 * thread-safe.
 */
public interface Recommender {
    /** {@return the name shown in tables} */
    String name();

    /**
     * Finds the best items the principal may read and the filter admits.
     *
     * @return best first, at most {@code k}; fewer only if fewer items can be told from the history; ties in score by the
     *     order of the catalogue
     */
    List<Hit> recommend(RecommendRequest request);
}
