package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sampling, then ranking by the positive: of the pool {@code sampled} are drawn without replacement by
 * {@code softmax(s_n / tau)}, put in the order of their similarity to a positive as the query, and the negatives are
 * uniform among the first {@code kept}. Source: the README of ReSa2 ({@code ad32q/ReSa2}): 500 of the top 1,000, 7 of the
 * first 75. Of several positives the most similar counts. Written texts have no vector and are not picked.
 *
 * @param vectors the documents' vectors, of the scorer's model
 * @param sampled how many are drawn first, at least {@code kept}
 * @param kept how many the negatives are drawn from, at least 1
 * @param temperature {@code tau}, above 0
 */
public record ReSa2(DocumentVectors vectors, int sampled, int kept, double temperature) implements NegativeSampler {
    /** The pool of the authors. */
    public static final int POOL = 1000;

    /** Drawn first by the authors. */
    public static final int SAMPLED = 500;

    /** Kept by the authors. */
    public static final int KEPT = 75;

    public ReSa2 {
        if (kept < 1 || sampled < kept || !(temperature > 0)) {
            throw new BadConfig(
                    "resa2 keeps 1 candidate or more of at least as many drawn, at a temperature above 0, got " + kept
                            + " of " + sampled + " at " + temperature);
        }
    }

    @Override
    public String name() {
        return "resa2";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        List<Candidate> documents = pool.stream().filter(c -> !c.isWritten()).toList();
        double[] logWeights =
                documents.stream().mapToDouble(c -> c.score() / temperature).toArray();
        record Near(Candidate candidate, double similarity) {}
        List<float[]> positives =
                context.positives().stream().map(p -> vectors.row(p.document())).toList();
        List<Near> near = new ArrayList<>();
        for (Candidate candidate : Draw.without(documents, logWeights, sampled, random)) {
            float[] vector = vectors.row(candidate.document());
            near.add(new Near(
                    candidate,
                    positives.stream()
                            .mapToDouble(p -> Vectors.dot(p, vector))
                            .max()
                            .orElseThrow()));
        }
        List<Candidate> first = near.stream()
                .sorted(Comparator.comparingDouble(Near::similarity).reversed())
                .limit(kept)
                .map(Near::candidate)
                .toList();
        return Draw.without(first, new double[first.size()], n, random);
    }

    @Override
    public String toString() {
        return "resa2[" + vectors.fingerprint() + ", " + sampled + ", " + kept + ", " + temperature + "]";
    }
}
