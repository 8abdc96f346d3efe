package dev.sidereal.recommend;

/** Scores every item for histories. Implementations are thread-safe unless they say otherwise. */
public interface ItemScorer {
    /** {@return how many items there are} */
    int items();

    /**
     * Scores, without regard to what was seen or is admitted.
     *
     * @param scores receives {@code float[histories][items]}, higher is better; minus infinity for an item of which the
     *     history says nothing
     */
    void score(Histories histories, float[][] scores);
}
