package dev.sidereal.recommend;

/** Ranks items for histories, many at a time. Implementations are thread-safe unless they say otherwise. */
public interface SequenceRecommender {
    /** {@return the name shown in tables} */
    String name();

    /**
     * Ranks.
     *
     * @return for each history at most {@code k} items, none twice, none that the histories do not admit; fewer only if no
     *     more can be told from the history; ties in score by place ascending
     */
    Ranked rank(Histories histories, int k);
}
