package dev.sidereal.train.negatives;

import java.util.List;

/**
 * Says how well documents answer a query: a bi-encoder, a cross-encoder, a teacher, BM25. Implementations are thread-safe.
 */
public interface PairScorer {
    /** {@return the name shown in reports} */
    String name();

    /**
     * Scores documents, positives among them, all on one scale.
     *
     * @return one finite score a candidate, in order; higher is better
     */
    double[] score(MiningQuery query, List<Candidate> documents);
}
