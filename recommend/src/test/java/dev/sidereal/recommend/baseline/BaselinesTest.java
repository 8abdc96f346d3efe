package dev.sidereal.recommend.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.baseline.Mixture.Part;
import dev.sidereal.recommend.log.Cases;
import dev.sidereal.recommend.log.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final int ITEMS = 12;

    private static List<int[]> random(long seed) {
        Random random = new Random(seed);
        List<int[]> sequences = new ArrayList<>();
        for (int s = 0; s < 15; s++) {
            sequences.add(random.ints(1 + random.nextInt(14), 0, ITEMS).toArray());
        }
        return sequences;
    }

    private static float[] score(ItemScorer scorer, int... history) {
        float[][] scores = new float[1][scorer.items()];
        scorer.score(new Histories(List.of(""), new int[][] {history}, Seen.KEPT, null), scores);
        return scores[0];
    }

    @Property(tries = 60)
    void itemKnnIsTheSumOfCosinesOfSetsOfUsers(@ForAll long seed) {
        List<int[]> sequences = random(seed);
        float[] scores = score(ItemKnn.fit(Sequences.of(sequences), ITEMS), 2, 5, 2);
        for (int j = 0; j < ITEMS; j++) {
            double expected = 0;
            for (int i : new int[] {2, 5}) {
                expected += i == j ? 0 : cosine(users(sequences, i), users(sequences, j));
            }
            same(scores[j], expected);
        }
    }

    private static Set<Integer> users(List<int[]> sequences, int item) {
        Set<Integer> users = new HashSet<>();
        for (int s = 0; s < sequences.size(); s++) {
            if (Arrays.stream(sequences.get(s)).anyMatch(i -> i == item)) {
                users.add(s);
            }
        }
        return users;
    }

    private static double cosine(Set<Integer> a, Set<Integer> b) {
        Set<Integer> both = new HashSet<>(a);
        both.retainAll(b);
        return both.isEmpty() ? 0 : both.size() / Math.sqrt((double) a.size() * b.size());
    }

    @Property(tries = 60)
    void adjacencyIsThePlainDoubleLoop(@ForAll long seed) {
        List<int[]> sequences = random(seed);
        Adjacency.Settings settings = new Adjacency.Settings(3, 0.6, 0.4, 2, 0.5);
        double[][] near = new double[ITEMS][ITEMS];
        int[] counts = new int[ITEMS];
        for (int[] s : sequences) {
            for (int a = 0; a < s.length; a++) {
                counts[s[a]]++;
                for (int b = a + 1; b < Math.min(s.length, a + 4); b++) {
                    near[s[a]][s[b]] += 1.0 / (b - a);
                    near[s[b]][s[a]] += 0.6 / (b - a);
                }
            }
        }
        float[] scores = score(Adjacency.fit(Sequences.of(sequences), ITEMS, settings), 9, 1, 4);
        for (int j = 0; j < ITEMS; j++) {
            double damped = near[4][j] * Math.pow(Math.max(1, counts[4]), -0.4)
                    + 0.5 * near[1][j] * Math.pow(Math.max(1, counts[1]), -0.4);
            same(scores[j], damped * Math.pow(Math.max(1, counts[j]), -0.4));
        }
    }

    private static void same(float score, double expected) {
        if (expected == 0) {
            assertThat(score).isEqualTo(Float.NEGATIVE_INFINITY);
        } else {
            assertThat((double) score).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void popularityLeavesOutWhatNobodyTouched() {
        float[] scores = score(Popularity.fit(Sequences.of(List.of(new int[] {1, 1, 2})), 4), 0);
        assertThat(scores).containsExactly(Float.NEGATIVE_INFINITY, 2, 1, Float.NEGATIVE_INFINITY);
    }

    @Test
    void contentFollowsTheLastItemsMost() {
        float[][] vectors = {{2, 0}, {0, 3}, {1, 0.1f}, {0.1f, 1}};
        try (ContentSimilarity content = ContentSimilarity.of(vectors, new ContentSimilarity.Settings(2, 0.5))) {
            float[] scores = score(content, 0, 1);
            assertThat(scores[3]).isGreaterThan(scores[2]);
            assertThat((double) scores[1]).isCloseTo(1 / Math.sqrt(1.25), within(1e-5));
            assertThat(score(content)).containsOnly(Float.NEGATIVE_INFINITY);
        }
    }

    @Test
    void bm25FindsItemsThatShareRareWords() {
        Bm25Content bm25 =
                Bm25Content.of(List.of("red nail polish", "Nail polish OPI", "hair OPI", "soap", "red soap"));
        float[] scores = score(bm25, 1);
        assertThat(scores[0]).isGreaterThan(scores[2]);
        assertThat(scores[3]).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void aMixtureIsTheWeightedSumOfProbabilitiesOverWhatMayComeBack() {
        ItemScorer logits = fixed(0, (float) Math.log(3), Float.NEGATIVE_INFINITY, 5);
        ItemScorer counts = fixed(1, 1, 2, 9);
        Mixture mixture =
                new Mixture(List.of(new Part("a", logits, 1), new Part("b", counts, 0)), new double[] {0.25, 0.75});
        float[][] scores = new float[1][4];
        mixture.score(new Histories(List.of(""), new int[][] {{3}}, Seen.REMOVED, null), scores);
        assertThat(scores[0][0]).isCloseTo(0.25f * 0.25f + 0.75f * 0.25f, within(1e-6f));
        assertThat(scores[0][1]).isCloseTo(0.25f * 0.75f + 0.75f * 0.25f, within(1e-6f));
        assertThat(scores[0][2]).isCloseTo(0.75f * 0.5f, within(1e-6f));
        assertThat(mixture.described()).isEqualTo("0.25 a + 0.75 b");
    }

    @Test
    void weightsGoToThePartThatKnows() {
        ItemScorer good = fixed(0, 0, 9, 0);
        ItemScorer bad = fixed(5, 4, 0, 0);
        Cases cases = new Cases(List.of("u"), Sequences.of(List.of(new int[] {3})), new int[] {2});
        Mixture tuned = Mixture.tuned(
                List.of(new Part("bad", bad, 0), new Part("good", good, 0)),
                RecommendEvaluation.of(Seen.REMOVED),
                cases,
                Progress.none());
        assertThat(tuned.weights()[1]).isGreaterThan(tuned.weights()[0]);
    }

    private static ItemScorer fixed(float... fixed) {
        return new ItemScorer() {
            @Override
            public int items() {
                return fixed.length;
            }

            @Override
            public void score(Histories histories, float[][] scores) {
                for (float[] row : scores) {
                    System.arraycopy(fixed, 0, row, 0, fixed.length);
                }
            }
        };
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new Adjacency.Settings(0, 0.7, 0.5, 20, 0.7))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "adjacency needs a window and a history of 1 or more, backward and damping of 0 or more and a"
                                + " decay above 0, got 0, 20, 0.7, 0.5 and 0.7");
        assertThatThrownBy(() -> new Mixture(List.of(), new double[0])).isInstanceOf(BadConfig.class);
    }
}
