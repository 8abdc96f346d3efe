package dev.sidereal.search;

import java.io.IOException;
import java.util.List;

/**
 * One way to find and score passages: words, vectors, and later learned sparse terms and late interaction. A leg can
 * search, and it can score given items exactly, so that a fusion compares like with like. Thread-safe.
 */
interface Leg {
    /** {@return the name used in settings, runs and explanations} */
    String name();

    /** {@return at most k items, best first; all that match if they are fewer} */
    List<PassageHit> top(LegQuery query, int k) throws IOException;

    /**
     * Scores given items.
     *
     * @param parents Lucene numbers of last passages, ascending
     * @return for each item that matches, in the same order, its hit with exactly the score that {@link #top} gives it
     */
    List<PassageHit> score(LegQuery query, int[] parents) throws IOException;

    /** {@return what this leg's scores mean for this query, from nothing but what the principal may read} */
    Scale scale(LegQuery query) throws IOException;

    /** {@return the parts of the score of one passage, for a reader} */
    List<Explanation.Part> explain(LegQuery query, int passage) throws IOException;
}
