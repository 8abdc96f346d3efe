package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a candidate only if its cosine with every candidate kept before is at most a cap, 0.95 where nothing is said. Written
 * texts have no vector and stay. O(pool^2) a query.
 *
 * @param vectors the documents' vectors
 * @param cap the largest cosine
 */
public record NearDuplicate(DocumentVectors vectors, double cap) implements NegativeFilter {
    /** The cap where nothing is said. */
    public static final double CAP = 0.95;

    public NearDuplicate {
        if (!(cap > 0 && cap <= 1)) {
            throw new BadConfig("the cap of near duplicates is a cosine above 0 and at most 1, got " + cap);
        }
    }

    @Override
    public String name() {
        return "near-duplicate";
    }

    @Override
    public Stage stage() {
        return Stage.DUPLICATES;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        List<float[]> kept = new ArrayList<>();
        return Filtered.where(pool, candidate -> {
            if (candidate.isWritten()) {
                return true;
            }
            float[] vector = vectors.row(candidate.document());
            boolean fresh = kept.stream().allMatch(other -> Vectors.cosine(vector, other) <= cap);
            if (fresh) {
                kept.add(vector);
            }
            return fresh;
        });
    }

    @Override
    public String toString() {
        return "near-duplicate[" + vectors.fingerprint() + ", " + cap + "]";
    }
}
