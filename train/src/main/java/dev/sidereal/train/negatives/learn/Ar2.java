package dev.sidereal.train.negatives.learn;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.sample.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Retriever against ranker: negatives are drawn by {@code P(n) ~ exp(s_n / tau) r(n)} with the ranker's reward
 * {@code r(n) = log(1 + exp(f(q,n) - f(q,p)))}, large for what the ranker takes for the positive; the ranker {@code f}, a
 * small network on the product of query and document vector, learns to tell positives from negatives drawn so, in turns.
 * Source: Zhang et al., AR2, arXiv 2110.03611, equations 4 to 7.
 *
 * <p>Differs: the ranker reads vectors rather than texts, and the retriever moves only when a set is mined with a new
 * checkpoint. Written texts have no vector and are not picked. Of several positives the first is taken.
 */
public final class Ar2 implements NegativeSampler {
    /** The temperature of the retriever's part. */
    public static final double TEMPERATURE = 0.05;

    private static final int ROUNDS = 5;
    private static final int STEPS = 20;
    private static final int DRAWN = 4;

    private final DenseIndex index;
    private final double temperature;
    private final TinyMlp.Plain ranker;

    private Ar2(DenseIndex index, double temperature, TinyMlp.Plain ranker) {
        this.index = index;
        this.temperature = temperature;
        this.ranker = ranker;
    }

    /**
     * Plays the game on a sample of the queries.
     *
     * @throws BadConfig if the temperature is not above 0
     * @throws BadInput if no query retrieves anything but its positives
     */
    public static Ar2 train(List<MiningQuery> queries, DenseIndex index, double temperature, long seed) {
        if (!(temperature > 0)) {
            throw new BadConfig("the temperature of ar2 must be above 0, got " + temperature);
        }
        List<Sampled> sample = Sampled.of(queries, index, seed);
        if (sample.isEmpty()) {
            throw new BadInput("no query finds a document besides its positives, so ar2 has nothing to learn from");
        }
        int dims = index.documents().dims();
        SplittableRandom random = new SplittableRandom(seed);
        try (TinyMlp mlp = new TinyMlp(dims, seed)) {
            for (int round = 0; round < ROUNDS; round++) {
                Ar2 now = new Ar2(index, temperature, mlp.plain());
                List<float[]> right = new ArrayList<>();
                List<float[]> wrong = new ArrayList<>();
                for (Sampled each : sample) {
                    float[] positive =
                            now.features(each.vector(), each.query().positives().getFirst());
                    List<Candidate> pool = each.found().stream()
                            .map(scored -> Candidate.of((int) scored.id(), scored.score(), 1, "ar2"))
                            .toList();
                    for (Candidate negative : now.draw(each.vector(), positive, pool, DRAWN, random)) {
                        right.add(positive);
                        wrong.add(now.features(each.vector(), negative.document()));
                    }
                }
                for (int step = 0; step < STEPS; step++) {
                    mlp.step(() -> pairs(mlp.forward(rows(right, dims)), mlp.forward(rows(wrong, dims))));
                }
            }
            return new Ar2(index, temperature, mlp.plain());
        }
    }

    /** {@return mean of {@code log(1 + exp(wrong - right))}} */
    private static Tensor pairs(Tensor right, Tensor wrong) {
        Tensor behind = wrong.sub(right);
        return Activations.relu(behind)
                .add(behind.abs().neg().exp().add(1).log())
                .mean();
    }

    private static Tensor rows(List<float[]> rows, int dims) {
        float[] all = new float[rows.size() * dims];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * dims, dims);
        }
        return Tensors.of(all, rows.size(), dims);
    }

    private float[] features(float[] query, int document) {
        float[] row = index.documents().row(document);
        for (int d = 0; d < row.length; d++) {
            row[d] *= query[d] * row.length;
        }
        return row;
    }

    private List<Candidate> draw(float[] query, float[] positive, List<Candidate> pool, int n, RandomGenerator random) {
        double right = ranker.of(positive);
        double[] logWeights = pool.stream()
                .mapToDouble(c ->
                        c.score() / temperature + Math.log(reward(ranker.of(features(query, c.document())) - right)))
                .toArray();
        return Draw.without(pool, logWeights, n, random);
    }

    private static double reward(double behind) {
        return Math.max(0, behind) + Math.log1p(Math.exp(-Math.abs(behind)));
    }

    /** {@return how much the ranker takes a document for the positive, above 0} */
    double reward(MiningQuery query, int document) {
        float[] vector = index.encode(List.of(query)).getFirst();
        double right = ranker.of(features(vector, query.positives().getFirst()));
        return reward(ranker.of(features(vector, document)) - right);
    }

    @Override
    public String name() {
        return "ar2";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        float[] query = index.encode(List.of(context.query())).getFirst();
        float[] positive = features(query, context.query().positives().getFirst());
        return draw(query, positive, pool.stream().filter(c -> !c.isWritten()).toList(), n, random);
    }

    @Override
    public String toString() {
        return "ar2[" + temperature + ", " + ranker.hash() + "]";
    }
}
