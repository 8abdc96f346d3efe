package dev.sidereal.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/**
 * BM25 (Robertson and Zaragoza 2009) in Lucene's form, without the constant factor {@code k1 + 1}:
 * {@code idf * tf / (tf + k1 * (1 - b + b * length / averageLength))} with
 * {@code idf = ln(1 + (N - df + .5) / (df + .5))}.
 *
 * <p>Differs: Lucene keeps a length in one byte; here the norm is the exact length. The sums that statistics for one
 * principal need are therefore exact, and a score does not depend on rounding. Thread-safe.
 */
final class Bm25 extends Similarity {
    private final float k1;
    private final float b;

    Bm25(float k1, float b) {
        this.k1 = k1;
        this.b = b;
    }

    /** The norm is the number of positions of the field, synonyms at one position counted once. */
    @Override
    public long computeNorm(FieldInvertState state) {
        return Math.max(1, state.getLength() - state.getNumOverlap());
    }

    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        double averageLength = (double) collection.sumTotalTermFreq() / collection.docCount();
        double idf = 0;
        for (TermStatistics term : terms) {
            idf += idf(term.docFreq(), collection.docCount());
        }
        return new Scorer((float) (boost * idf), k1 * (1 - b), (float) (k1 * b / averageLength));
    }

    /** {@return the inverse document frequency of a term, which may be in no document} */
    static double idf(long docFreq, long docCount) {
        return Math.log1p((docCount - docFreq + 0.5) / (docFreq + 0.5));
    }

    /** Scores {@code weight * tf / (tf + base + slope * length)}: grows with tf, falls with length. */
    private static final class Scorer extends SimScorer {
        private final float weight;
        private final float base;
        private final float slope;

        Scorer(float weight, float base, float slope) {
            this.weight = weight;
            this.base = base;
            this.slope = slope;
        }

        @Override
        public float score(float frequency, long norm) {
            // This order of operations never rounds a longer document above a shorter one.
            return weight - weight / (1f + frequency / (base + slope * norm));
        }

        @Override
        public BulkSimScorer asBulkSimScorer() {
            return (size, frequencies, norms, scores) -> {
                for (int i = 0; i < size; i++) {
                    scores[i] = weight - weight / (1f + frequencies[i] / (base + slope * norms[i]));
                }
            };
        }
    }
}
