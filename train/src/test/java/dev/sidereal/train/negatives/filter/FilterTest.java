package dev.sidereal.train.negatives.filter;

import static dev.sidereal.train.negatives.Toy.candidate;
import static dev.sidereal.train.negatives.Toy.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.NegativeFilter.Filtered;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final StoredCorpus CORPUS = Toy.corpus(40);

    private static List<Integer> kept(NegativeFilter filter, QueryContext context, List<Candidate> pool) {
        return filter.apply(context, pool).kept().stream()
                .map(Candidate::document)
                .toList();
    }

    private static PairScorer scorer(String name, Map<Integer, Double> scores) {
        return new PairScorer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double[] score(MiningQuery query, List<Candidate> documents) {
                return documents.stream()
                        .mapToDouble(c -> scores.getOrDefault(c.document(), 0.0))
                        .toArray();
            }
        };
    }

    @Property(tries = 300)
    void scoreFiltersKeepExactlyWhatTheirRuleAdmits(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -1, max = 1) Double> scores,
            @ForAll @Size(min = 1, max = 3) List<@DoubleRange(min = -1, max = 1) Double> positives) {
        double[] given = positives.stream().mapToDouble(Double::doubleValue).toArray();
        QueryContext context = Toy.context(CORPUS, 30, given);
        List<Candidate> pool =
                pool(scores.stream().mapToDouble(Double::doubleValue).toArray());
        double lowest = positives.stream().min(Double::compare).orElseThrow();
        for (Candidate c : pool) {
            assertThat(new TopKMarginPos(0.05).apply(context, pool).kept().contains(c))
                    .isEqualTo(c.score() <= lowest - 0.05);
            assertThat(new TopKAbs(0.3).apply(context, pool).kept().contains(c)).isEqualTo(c.score() <= 0.3);
            assertThat(new SemiHard(0.2).apply(context, pool).kept().contains(c))
                    .isEqualTo(c.score() < lowest && c.score() > lowest - 0.2);
        }
        assertThat(new TopKPercPos(0.95).apply(context, pool).kept())
                .allSatisfy(c -> assertThat(c.score()).isLessThanOrEqualTo(lowest));
    }

    @Property(tries = 200)
    void percPosIsThePapersRuleAboveZeroAndItsMirrorBelow(@ForAll @DoubleRange(min = 0, max = 1) double positive) {
        assertThat(TopKPercPos.ceiling(positive, 0.95)).isEqualTo(0.95 * positive);
        assertThat(TopKPercPos.ceiling(-positive, 0.95)).isCloseTo(-positive - 0.05 * positive, within(1e-12));
    }

    @Test
    void percPosOfANegativePositiveDoesNotLetBetterNegativesPass() {
        QueryContext context = Toy.context(CORPUS, 30, -0.2);
        assertThat(kept(new TopKPercPos(0.95), context, pool(-0.195, -0.2, -0.205, -0.211, -0.5)))
                .containsExactly(3, 4);
    }

    @Test
    void theBoundIsThatOfTheLowestPositiveWhateverTheirNumber() {
        TopKPercPos filter = new TopKPercPos(0.5);
        List<Candidate> pool = pool(0.45, 0.3, 0.2, 0.1);
        assertThat(kept(filter, Toy.context(CORPUS, 30, 0.9), pool)).containsExactly(0, 1, 2, 3);
        assertThat(kept(filter, Toy.context(CORPUS, 30, 0.9, 0.4, 0.8), pool)).containsExactly(2, 3);
        assertThat(kept(filter, Toy.context(CORPUS, 30, 0.8, 0.6), pool)).containsExactly(1, 2, 3);
    }

    @Test
    void aCopyOfAPositiveUnderAnotherIdIsAPositive() {
        try (StoredCorpus corpus = Toy.corpus("Moons of Saturn", "rings", "moons  of\nSATURN ", "craters")) {
            List<Candidate> pool = pool(4, 3, 2, 1);
            assertThat(kept(new KnownPositives(), Toy.context(corpus, 0, 1), pool))
                    .containsExactly(1, 3);
        }
    }

    @Test
    void answersOfDevQueriesAreNotPushedAwayNorAreTheirCopies() {
        try (StoredCorpus corpus = Toy.corpus("a", "secret", "b", "Secret", "judged bad")) {
            Qrels dev = new Qrels(Map.of("dev1", Map.of("d1", 1, "d4", 0, "elsewhere", 1)));
            assertThat(kept(new HeldOutPositives(corpus, dev), Toy.context(corpus, 0, 1), pool(1, 1, 1, 1, 1)))
                    .containsExactly(0, 2, 4);
        }
    }

    @Test
    void ofEqualTextsTheFirstStays() {
        try (StoredCorpus corpus = Toy.corpus("p", "same", "other", "SAME", "same ")) {
            List<Candidate> pool = new ArrayList<>(pool(1, 1, 1, 1, 1));
            pool.add(Candidate.written("same", 9, "llm"));
            assertThat(new DuplicateText()
                            .apply(Toy.context(corpus, 0, 1), pool)
                            .kept())
                    .extracting(Candidate::document)
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void nearDuplicatesOfWhatIsKeptGo() {
        HeapVectors vectors = new HeapVectors(new float[][] {{1, 0}, {0.99f, 0.1f}, {0, 1}});
        assertThat(kept(new NearDuplicate(vectors, 0.95), Toy.context(CORPUS, 30, 1), pool(3, 2, 1)))
                .containsExactly(0, 2);
    }

    @Test
    void theRankWindowCountsTheSourcesRanksFromOne() {
        assertThat(kept(new RankWindow(2, 4), Toy.context(CORPUS, 30, 1), pool(6, 5, 4, 3, 2, 1)))
                .containsExactly(2, 3);
        assertThatThrownBy(() -> new RankWindow(4, 4))
                .isInstanceOf(BadConfig.class)
                .hasMessage("a rank window skips 0 or more and ends after that, got skip 4 and last 4");
    }

    @Test
    void rocketQaKeepsSureNegativesAndMakesSurePositives() {
        PairScorer teacher = scorer("ce", Map.of(0, 0.95, 1, 0.5, 2, 0.05, 3, 0.1, 4, 0.9));
        Filtered filtered =
                new RocketQaDenoise(teacher, 0.1, 0.9).apply(Toy.context(CORPUS, 30, 1), pool(5, 4, 3, 2, 1));
        assertThat(filtered.kept()).extracting(Candidate::document).containsExactly(2);
        assertThat(filtered.positives()).extracting(Candidate::document).containsExactly(0);
    }

    @Test
    void consensusNeedsItsVotesAndEachTeacherItsOwnScale() {
        PairScorer cosine = scorer("cosine", Map.of(30, 0.8, 0, 0.9, 1, 0.9, 2, 0.1));
        PairScorer logits = scorer("logits", Map.of(30, 12.0, 0, 20.0, 1, 1.0, 2, 20.0));
        QueryContext context = Toy.context(CORPUS, 30, 1);
        List<Candidate> pool = pool(3, 2, 1);
        assertThat(kept(new Consensus(List.of(cosine, logits), 2, 0.95), context, pool))
                .containsExactly(1, 2);
        assertThat(kept(new Consensus(List.of(cosine, logits), 1, 0.95), context, pool))
                .isEmpty();
        assertThatThrownBy(() -> new Consensus(List.of(cosine), 2, 0.95))
                .hasMessage("consensus needs 1 to 1 votes of 1 teachers, got 2");
    }

    @Test
    void candidatesWithTheAnswerGo() {
        try (StoredCorpus corpus = Toy.corpus("Titan is large", "the moon  TITAN", "Rhea", "p")) {
            assertThat(kept(new AnswerString(Map.of("q", List.of("Titan"))), Toy.context(corpus, 3, 1), pool(3, 2, 1)))
                    .containsExactly(2);
        }
    }

    @Test
    void anAnswerInsideAnotherWordIsNone() {
        try (StoredCorpus corpus = Toy.corpus("a party", "modern art.", "Art (old)", "p")) {
            assertThat(kept(new AnswerString(Map.of("q", List.of("art"))), Toy.context(corpus, 3, 1), pool(3, 2, 1)))
                    .containsExactly(0);
        }
    }

    @Test
    void documentsThatNoTrainingQueryAsksForAreNotMined() {
        try (StoredCorpus corpus = Toy.corpus("a", "b", "c", "B ")) {
            OnlyPositives filter = new OnlyPositives(corpus, List.of(new MiningQuery("q", "q", List.of(0, 1))));
            assertThat(kept(filter, Toy.context(corpus, 0, 1), pool(4, 3, 2, 1)))
                    .containsExactly(0, 1, 3);
        }
    }

    @Test
    void reciprocalNeighboursOfAPositiveGo() {
        // 3 is the positive; 0 is its neighbour and it is 0's; 1 is near to 3 only because little else is.
        float[][] vectors = {{1, 0.1f}, {0.6f, 0.8f}, {0.5f, 0.85f}, {1, 0}};
        DenseIndex index = new DenseIndex(Toy.encoder(2, Map.of()), new HeapVectors(vectors));
        assertThat(kept(new Reciprocal(index, 1), Toy.context(CORPUS, 3, 1), pool(3, 2, 1)))
                .containsExactly(1, 2);
    }

    @Test
    void judgesAreAskedBlindAndOnlyWhatBothCallRelevantIsAPositive() {
        List<List<String>> asked = new ArrayList<>();
        Judged filter = new Judged(
                (query, texts) -> {
                    asked.add(texts);
                    return texts.stream().map(t -> !t.endsWith("number 3")).toList();
                },
                (query, texts) -> {
                    asked.add(texts);
                    return texts.stream().map(t -> t.endsWith("number 1")).toList();
                });
        List<Candidate> pool = pool(8, 7, 6, 5, 4, 3, 2, 1);
        Filtered filtered = filter.apply(Toy.context(CORPUS, 30, 1), pool);
        assertThat(filtered.positives()).containsExactly(candidate(1, 7));
        assertThat(filtered.kept())
                .hasSize(7)
                .doesNotContain(candidate(1, 7))
                .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        List<String> inOrder = pool.stream().map(c -> c.text(CORPUS)).toList();
        assertThat(asked.getFirst())
                .containsExactlyInAnyOrderElementsOf(inOrder)
                .isNotEqualTo(inOrder);
        assertThat(asked.getLast()).hasSize(7);
    }
}
