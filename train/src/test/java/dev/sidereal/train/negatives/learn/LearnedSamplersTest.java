package dev.sidereal.train.negatives.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A plane in which 60 queries have their positive at their own angle, and documents lie all round. */
class LearnedSamplersTest {
    private static final int N = 60;
    private static final StoredCorpus CORPUS = Toy.corpus(3 * N);
    private static final float[][] VECTORS = vectors();
    private static final DenseIndex INDEX =
            new DenseIndex(Toy.encoder(3, text -> VECTORS[Integer.parseInt(text)]), new HeapVectors(VECTORS));
    private static final List<MiningQuery> QUERIES = IntStream.range(0, N)
            .mapToObj(i -> new MiningQuery("q" + i, Integer.toString(i), List.of(i)))
            .toList();

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    /** Documents i, N + i and 2 N + i are neighbours. */
    private static float[][] vectors() {
        float[][] vectors = new float[3 * N][];
        for (int i = 0; i < 3 * N; i++) {
            int copy = i / N;
            double angle = 2 * Math.PI * (i % N) / N + copy * .01;
            vectors[i] = new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 0};
        }
        return vectors;
    }

    /** Relevant is what lies at the query's own angle. */
    private static final PairScorer TEACHER = new PairScorer() {
        @Override
        public String name() {
            return "toy";
        }

        @Override
        public double[] score(MiningQuery query, List<Candidate> documents) {
            return documents.stream()
                    .mapToDouble(c -> c.document() % N == Integer.parseInt(query.text()) ? 1 : .1)
                    .toArray();
        }
    };

    private static QueryContext context(int query) {
        return new QueryContext(
                QUERIES.get(query), List.of(Candidate.of(query, 1, 1, "positive")), CORPUS, new Round(1, 0));
    }

    private static List<Candidate> pool(int query) {
        List<Candidate> pool = new ArrayList<>();
        INDEX.search(INDEX.encode(List.of(QUERIES.get(query))), 30).getFirst().stream()
                .filter(s -> s.id() != query)
                .forEach(s -> pool.add(Candidate.of((int) s.id(), s.score(), pool.size() + 1, "toy")));
        return pool;
    }

    @Test
    void theAdapterLearnsWhatTheTeacherCallsRelevantAndLeavesItOut() {
        Rrra rrra = Rrra.train(QUERIES, INDEX, TEACHER, 1);
        int falseNegatives = 0;
        int picked = 0;
        for (int q = 0; q < N; q++) {
            for (Candidate candidate : pool(q)) {
                double p = rrra.falseNegative(context(q).positives(), candidate);
                assertThat(p).isBetween(0.0, 1.0);
                if (candidate.document() == 2 * N + q) {
                    assertThat(p).isGreaterThan(.5);
                }
                if (candidate.rank() > 20) {
                    assertThat(p).isLessThan(.2);
                }
            }
            for (Candidate candidate : rrra.pick(context(q), pool(q), 4, Toy.random(q))) {
                falseNegatives += candidate.document() % N == q ? 1 : 0;
                picked++;
            }
        }
        assertThat(picked).isEqualTo(4 * N);
        // Two of the 29 are; four uniform draws a query would give some 16.
        assertThat(falseNegatives).isLessThan(10);
    }

    @Test
    void theAdaptersDrawsFollowOneMinusItsProbability() {
        Rrra rrra = Rrra.train(QUERIES, INDEX, TEACHER, 1);
        List<Candidate> pool = pool(7).subList(0, 6);
        double[] law = pool.stream()
                .mapToDouble(c -> 1 - rrra.falseNegative(context(7).positives(), c))
                .toArray();
        assertLaw(law, pool, draw -> rrra.pick(context(7), pool, 1, draw).getFirst());
    }

    @Test
    void theRankersRewardTurnsTheDraws() {
        Ar2 ar2 = Ar2.train(QUERIES, INDEX, .5, 1);
        List<Candidate> pool = pool(7).subList(0, 6);
        double[] law = pool.stream()
                .mapToDouble(c -> Math.exp(c.score() / .5) * ar2.reward(QUERIES.get(7), c.document()))
                .toArray();
        assertLaw(law, pool, draw -> ar2.pick(context(7), pool, 1, draw).getFirst());
        // What is near to the positive fools the ranker more than what is far.
        assertThat(ar2.reward(QUERIES.get(7), 2 * N + 7)).isGreaterThan(ar2.reward(QUERIES.get(7), (7 + N / 2) % N));
    }

    private interface Pick {
        Candidate by(java.util.random.RandomGenerator random);
    }

    private static void assertLaw(double[] weights, List<Candidate> pool, Pick pick) {
        double sum = java.util.Arrays.stream(weights).sum();
        long[] counts = new long[pool.size()];
        java.util.random.RandomGenerator random = Toy.random(5);
        for (int i = 0; i < 5000; i++) {
            counts[pool.indexOf(pick.by(random))]++;
        }
        double[] law = java.util.Arrays.stream(weights).map(w -> w / sum).toArray();
        assertThat(Toy.chiSquare(counts, law)).isLessThan(Toy.limit(pool.size() - 1));
    }

    @Test
    void whatIsLearntIsTheSameForTheSameSeed() {
        assertThat(Ar2.train(QUERIES, INDEX, .05, 4))
                .hasToString(Ar2.train(QUERIES, INDEX, .05, 4).toString());
        assertThat(Rrra.train(QUERIES, INDEX, TEACHER, 4))
                .hasToString(Rrra.train(QUERIES, INDEX, TEACHER, 4).toString());
        assertThat(Ar2.train(QUERIES, INDEX, .05, 5).toString())
                .isNotEqualTo(Ar2.train(QUERIES, INDEX, .05, 4).toString());
    }

    @Test
    void aTemperatureOfZeroIsRefused() {
        assertThatThrownBy(() -> Ar2.train(QUERIES, INDEX, 0, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the temperature of ar2 must be above 0, got 0.0");
    }
}
