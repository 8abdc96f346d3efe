package dev.sidereal.train.negatives.sample;

import static dev.sidereal.train.negatives.Toy.chiSquare;
import static dev.sidereal.train.negatives.Toy.limit;
import static dev.sidereal.train.negatives.Toy.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.sample.SimAns.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each sampler against its law: Pearson's test on 20,000 draws, which a right sampler fails once in 100,000 seeds. */
class SamplerLawsTest {
    private static final int DRAWS = 20_000;
    private static final StoredCorpus CORPUS = Toy.corpus(20);

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    private static void assertLaw(NegativeSampler sampler, QueryContext context, List<Candidate> pool, double... law) {
        long[] counts = new long[pool.size()];
        RandomGenerator random = Toy.random(7);
        for (int i = 0; i < DRAWS; i++) {
            counts[sampler.pick(context, pool, 1, random).getFirst().document()]++;
        }
        int cells = (int) Arrays.stream(law).filter(p -> p > 0).count();
        assertThat(chiSquare(counts, law))
                .as("%s gave %s", sampler, Arrays.toString(counts))
                .isLessThan(limit(cells - 1));
    }

    private static double[] normalised(int n, IntToDoubleFunction weight) {
        double[] law = IntStream.range(0, n).mapToDouble(weight).toArray();
        double sum = Arrays.stream(law).sum();
        return Arrays.stream(law).map(w -> w / sum).toArray();
    }

    @Test
    void theUniformPickIsUniformInItsWindow() {
        assertLaw(new UniformPick(3), Toy.context(CORPUS, 19, 1), pool(5, 4, 3, 2), 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    }

    @Test
    void softmaxFollowsTheExponentialOfScores() {
        double[] s = {0.9, 0.7, 0.4, 0.1};
        assertLaw(new SoftmaxPick(0.3), Toy.context(CORPUS, 19, 1), pool(s), normalised(4, i -> Math.exp(s[i] / 0.3)));
    }

    @Test
    void aPairWithoutReplacementFollowsSuccessiveDraws() {
        double[] w = {0.5, 0.3, 0.2};
        List<Candidate> pool = pool(Arrays.stream(w).map(Math::log).toArray());
        long[] counts = new long[6];
        double[] law = new double[6];
        int[][] pairs = {{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}};
        for (int i = 0; i < 6; i++) {
            law[i] = w[pairs[i][0]] * w[pairs[i][1]] / (1 - w[pairs[i][0]]);
        }
        RandomGenerator random = Toy.random(3);
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Candidate> two = new SoftmaxPick(1).pick(Toy.context(CORPUS, 19, 1), pool, 2, random);
            int[] pair = {two.get(0).document(), two.get(1).document()};
            counts[
                    IntStream.range(0, 6)
                            .filter(i -> Arrays.equals(pairs[i], pair))
                            .findFirst()
                            .orElseThrow()]++;
        }
        assertThat(chiSquare(counts, law)).isLessThan(limit(5));
    }

    @Test
    void simAnsPeaksAtThePositiveMovedByB() {
        double[] s = {5, 4, 3, 2, 1};
        assertLaw(
                SimAns.of(0.5, -1),
                Toy.context(CORPUS, 19, 4),
                pool(s),
                normalised(5, i -> Math.exp(-0.5 * (s[i] - 4 + 1) * (s[i] - 4 + 1))));
    }

    @Test
    void simAnsTakesTheMeanOfSeveralPositives() {
        double[] s = {5, 4, 3, 2, 1};
        assertLaw(
                SimAns.of(0.5, 0),
                Toy.context(CORPUS, 17, 4, 2),
                pool(s),
                normalised(5, i -> Math.exp(-0.5 * (s[i] - 3) * (s[i] - 3))));
    }

    @Test
    void simAnsHasTheKernelOfTheAuthorsCode() {
        double[] s = {5, 4, 3, 2, 1};
        assertLaw(
                new SimAns(3, 0, Kernel.ABSOLUTE, true),
                Toy.context(CORPUS, 19, 3.5),
                pool(s),
                normalised(5, i -> Math.exp(-3 * Math.abs(s[i] - 3.5))));
    }

    @Test
    void simAnsRepeatsOnlyWithReplacement() {
        List<Candidate> with = new SimAns(0.5, 0, Kernel.SQUARED, true)
                .pick(Toy.context(CORPUS, 19, 1), pool(1, 0.5), 50, Toy.random(1));
        List<Candidate> without = SimAns.of(0.5, 0).pick(Toy.context(CORPUS, 19, 1), pool(1, 0.5), 50, Toy.random(1));
        assertThat(with).hasSize(50);
        assertThat(without).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void tasBalancedDrawsBinsUniformlyAndThenInTheBin() {
        // Bins of [0,1] in four: {0, .1, .2}, none, {.6}, {.8, 1}.
        assertLaw(
                new TasBalanced(4),
                Toy.context(CORPUS, 19, 1),
                pool(0, 0.1, 0.2, 0.6, 0.8, 1),
                1 / 9.0,
                1 / 9.0,
                1 / 9.0,
                1 / 3.0,
                1 / 6.0,
                1 / 6.0);
    }

    @Test
    void theCurriculumSlidesFromTheEasyEndToTheTop() {
        List<Candidate> pool = pool(8, 7, 6, 5, 4, 3, 2, 1);
        Curriculum sampler = new Curriculum(100, 0.25);
        assertLaw(sampler, at(0), pool, 0, 0, 0, 0, 0, 0, 0.5, 0.5);
        assertLaw(sampler, at(50), pool, 0, 0, 0, 0.5, 0.5, 0, 0, 0);
        assertLaw(sampler, at(100), pool, 0.5, 0.5, 0, 0, 0, 0, 0, 0);
        assertLaw(sampler, at(5000), pool, 0.5, 0.5, 0, 0, 0, 0, 0, 0);
    }

    private static QueryContext at(long step) {
        QueryContext context = Toy.context(CORPUS, 19, 1);
        return new QueryContext(context.query(), context.positives(), CORPUS, new Round(1, step));
    }

    private static float[] unit(double degrees) {
        double radians = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
    }

    /** The query at 0 degrees, documents round it, the positive last at 20. */
    @Test
    void triSamplerStaysInTheTriangleAndFollowsBothSides() {
        double[] degrees = {10, 30, 50, -40, 100, 20};
        HeapVectors vectors = new HeapVectors(
                Arrays.stream(degrees).mapToObj(SamplerLawsTest::unit).toArray(float[][]::new));
        double[] s =
                Arrays.stream(degrees).map(d -> Math.cos(Math.toRadians(d))).toArray();
        List<Candidate> pool = pool(Arrays.copyOf(s, 5));
        // 10 is nearer to the query than the positive; 100 is 80 degrees off; at -40 the positive is farther than the
        // query.
        double[] weight = new double[5];
        for (int i = 1; i <= 2; i++) {
            double toPositive = Math.cos(Math.toRadians(degrees[i] - 20));
            weight[i] = Math.exp(-(s[i] - s[5]) * (s[i] - s[5]) / 4) * (toPositive - s[i]);
        }
        assertLaw(new TriSampler(vectors, 60), Toy.context(CORPUS, 5, s[5]), pool, normalised(5, i -> weight[i]));
    }

    /** Two of three are drawn by softmax, then the one nearer to the positive is kept: each pair's law is its draws'. */
    @Test
    void reSa2DrawsBySoftmaxAndKeepsWhatIsNearThePositive() {
        HeapVectors vectors = new HeapVectors(new float[][] {unit(60), unit(20), unit(40), unit(0)});
        double[] w = {0.5, 0.3, 0.2};
        List<Candidate> pool = pool(Arrays.stream(w).map(Math::log).toArray());
        double without1 = pair(w[0], w[2]);
        assertLaw(new ReSa2(vectors, 2, 1, 1), Toy.context(CORPUS, 3, 1), pool, 0, 1 - without1, without1);
        assertThatThrownBy(() -> new ReSa2(vectors, 1, 2, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "resa2 keeps 1 candidate or more of at least as many drawn, at a temperature above 0, got 2 of"
                                + " 1 at 1.0");
    }

    /** Probability that two draws without replacement give these two. */
    private static double pair(double a, double b) {
        return a * b / (1 - a) + b * a / (1 - b);
    }

    @Test
    void clusterPickTakesTheHardestOfEachKind() {
        HeapVectors vectors = new HeapVectors(new float[][] {unit(0), unit(2), unit(4), unit(90), unit(92)});
        assertThat(new ClusterPick(vectors)
                        .pick(Toy.context(CORPUS, 19, 1), pool(0.9, 0.8, 0.7, 0.2, 0.3), 2, Toy.random(1)))
                .extracting(Candidate::document)
                .containsExactly(0, 4);
    }

    @Test
    void mmrTakesTheHardestThenWhatIsUnlikeIt() {
        HeapVectors vectors = new HeapVectors(new float[][] {{1, 0}, {0.999f, 0.04f}, {0, 1}});
        List<Candidate> pool = pool(0.9, 0.89, 0.5);
        assertThat(new Mmr(vectors, 0.5).pick(Toy.context(CORPUS, 19, 1), pool, 2, Toy.random(1)))
                .extracting(Candidate::document)
                .containsExactly(0, 2);
        assertThat(new Mmr(vectors, 1).pick(Toy.context(CORPUS, 19, 1), pool, 2, Toy.random(1)))
                .extracting(Candidate::document)
                .containsExactly(0, 1);
    }

    @Test
    void farthestFirstBeginsAtTheLowestScoreAndTopNAtTheFirstRank() {
        List<Candidate> pool = pool(0.9, 0.2, 0.5);
        assertThat(new FarthestFirst().pick(Toy.context(CORPUS, 19, 1), pool, 2, Toy.random(1)))
                .extracting(Candidate::document)
                .containsExactly(1, 2);
        assertThat(new TopN().pick(Toy.context(CORPUS, 19, 1), pool, 2, Toy.random(1)))
                .extracting(Candidate::document)
                .containsExactly(0, 1);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SoftmaxPick(0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the temperature of softmax sampling must be above 0, got 0.0");
        assertThatThrownBy(() -> SimAns.of(-1, 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("simans needs a above 0 and a finite b, got a=-1.0 and b=0.0");
        assertThatThrownBy(() -> new UniformPick(0)).hasMessage("a window holds at least 1 candidate, got 0");
        assertThatThrownBy(() -> new TasBalanced(0)).hasMessage("tas-balanced needs at least 1 bin, got 0");
    }
}
