package dev.sidereal.train.negatives.learn;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import dev.sidereal.train.negatives.filter.TopKPercPos;
import dev.sidereal.train.negatives.sample.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Resampling by a learned adapter: {@code P(n) ~ 1 - F(q,n)} without replacement, {@code F} the probability that a
 * candidate is a false negative. A small network reads the candidate's score, its distance to the lowest positive, its
 * cosine with the nearest positive and its rank, and learns on a sample of queries what a teacher says: above its line
 * {@code T_p - (1 - rho) |T_p|} or not. Source: RRRA, arXiv 2508.11670, whose abstract names the adapter and the
 * resampling; features and labels are ours. Written texts count as true negatives.
 */
public final class Rrra implements NegativeSampler {
    private static final int FEATURES = 4;
    private static final int STEPS = 500;

    private final DocumentVectors vectors;
    private final TinyMlp.Plain adapter;

    private Rrra(DocumentVectors vectors, TinyMlp.Plain adapter) {
        this.vectors = vectors;
        this.adapter = adapter;
    }

    /**
     * Trains the adapter.
     *
     * @throws BadInput if no query retrieves anything but its positives
     */
    public static Rrra train(List<MiningQuery> queries, DenseIndex index, PairScorer teacher, long seed) {
        List<float[]> rows = new ArrayList<>();
        List<Float> labels = new ArrayList<>();
        for (Sampled each : Sampled.of(queries, index, seed)) {
            List<Candidate> positives = each.query().positives().stream()
                    .map(p -> Candidate.of(p, index.score(each.vector(), p), 1, "positive"))
                    .toList();
            List<Candidate> pool = new ArrayList<>();
            each.found().forEach(s -> pool.add(Candidate.of((int) s.id(), s.score(), pool.size() + 1, "rrra")));
            double lowest = java.util.Arrays.stream(teacher.score(each.query(), positives))
                    .min()
                    .orElseThrow();
            double line = TopKPercPos.ceiling(lowest, TopKPercPos.RHO);
            double[] scores = teacher.score(each.query(), pool);
            for (int i = 0; i < scores.length; i++) {
                rows.add(features(index.documents(), positives, pool.get(i)));
                labels.add(scores[i] > line ? 1f : 0f);
            }
        }
        if (rows.isEmpty()) {
            throw new BadInput("no query finds a document besides its positives, so rrra has nothing to learn from");
        }
        float[] x = new float[rows.size() * FEATURES];
        float[] y = new float[rows.size()];
        for (int i = 0; i < y.length; i++) {
            System.arraycopy(rows.get(i), 0, x, i * FEATURES, FEATURES);
            y[i] = labels.get(i);
        }
        try (TinyMlp mlp = new TinyMlp(FEATURES, seed)) {
            for (int step = 0; step < STEPS; step++) {
                mlp.step(() -> crossEntropy(mlp.forward(Tensors.of(x, y.length, FEATURES)), Tensors.of(y, y.length)));
            }
            return new Rrra(index.documents(), mlp.plain());
        }
    }

    /** {@return mean of {@code log(1 + e^z) - y z}} */
    private static Tensor crossEntropy(Tensor z, Tensor y) {
        return Activations.relu(z)
                .add(z.abs().neg().exp().add(1).log())
                .sub(z.mul(y))
                .mean();
    }

    private static float[] features(DocumentVectors vectors, List<Candidate> positives, Candidate candidate) {
        double lowest = Double.POSITIVE_INFINITY;
        double nearest = Double.NEGATIVE_INFINITY;
        float[] vector = vectors.row(candidate.document());
        for (Candidate positive : positives) {
            lowest = Math.min(lowest, positive.score());
            nearest = Math.max(nearest, Vectors.cosine(vector, vectors.row(positive.document())));
        }
        double rank = Math.log1p(candidate.rank());
        return new float[] {
            (float) candidate.score(), (float) (10 * (lowest - candidate.score())), (float) nearest, (float) rank
        };
    }

    /** {@return the probability that a candidate is a false negative} */
    double falseNegative(List<Candidate> positives, Candidate candidate) {
        return candidate.isWritten() ? 0 : 1 / (1 + Math.exp(-adapter.of(features(vectors, positives, candidate))));
    }

    @Override
    public String name() {
        return "rrra";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        double[] logWeights = pool.stream()
                .mapToDouble(c -> Math.log1p(-falseNegative(context.positives(), c)))
                .toArray();
        return Draw.without(pool, logWeights, n, random);
    }

    @Override
    public String toString() {
        return "rrra[" + adapter.hash() + "]";
    }
}
