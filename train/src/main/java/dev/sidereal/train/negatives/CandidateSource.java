package dev.sidereal.train.negatives;

import java.util.List;

/** Where candidates come from. Implementations are thread-safe and deterministic in their inputs. */
public interface CandidateSource {
    /** {@return the name shown with each negative and in reports} */
    String name();

    /** {@return the name with all that decides what is found, the model's state for example} */
    default String fingerprint() {
        return name();
    }

    /**
     * Finds candidates for some queries at once, so that a scan of the corpus serves them all.
     *
     * @param queries a block of queries
     * @param k how many a query at most
     * @param round what decides random choices, with the query's id
     * @return for each query its candidates, best first; fewer than {@code k} if there are no more. Positives may be
     *     among them; the filters take them out
     */
    List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round);
}
