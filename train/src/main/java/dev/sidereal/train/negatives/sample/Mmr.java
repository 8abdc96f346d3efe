package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Hard and unlike each other: one after the other the largest {@code lambda s(q,n) - (1 - lambda) max s(n,n')} over those
 * picked, s the dot product. Source: Carbonell and Goldstein 1998, maximal marginal relevance. Written texts have no vector
 * and are not picked. O(n pool dims).
 *
 * @param vectors the documents' vectors, of the scorer's model
 * @param lambda 0 to 1; 1 is top-k by score
 */
public record Mmr(DocumentVectors vectors, double lambda) implements NegativeSampler {
    /** Both sides alike. */
    public static final double LAMBDA = 0.5;

    public Mmr {
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new BadConfig("lambda of mmr must be 0 to 1, got " + lambda);
        }
    }

    @Override
    public String name() {
        return "mmr";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        List<Candidate> left =
                new ArrayList<>(pool.stream().filter(c -> !c.isWritten()).toList());
        List<float[]> chosen = new ArrayList<>();
        List<Candidate> picked = new ArrayList<>();
        while (picked.size() < n && !left.isEmpty()) {
            int best = 0;
            double bestValue = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < left.size(); i++) {
                double value = value(left.get(i), chosen);
                if (value > bestValue) {
                    best = i;
                    bestValue = value;
                }
            }
            Candidate next = left.remove(best);
            picked.add(next);
            chosen.add(vectors.row(next.document()));
        }
        return picked;
    }

    private double value(Candidate candidate, List<float[]> chosen) {
        float[] vector = vectors.row(candidate.document());
        double nearest =
                chosen.stream().mapToDouble(c -> Vectors.dot(vector, c)).max().orElse(0);
        return lambda * candidate.score() - (1 - lambda) * nearest;
    }

    @Override
    public String toString() {
        return "mmr[" + vectors.fingerprint() + ", " + lambda + "]";
    }
}
