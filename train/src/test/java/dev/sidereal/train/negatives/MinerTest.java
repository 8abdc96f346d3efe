package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.negatives.MiningSettings.Shortfall;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.corpus.VectorFile;
import dev.sidereal.train.negatives.filter.RankWindow;
import dev.sidereal.train.negatives.filter.TopKPercPos;
import dev.sidereal.train.negatives.sample.TopN;
import dev.sidereal.train.negatives.sample.UniformPick;
import dev.sidereal.train.negatives.score.BiEncoderScorer;
import dev.sidereal.train.negatives.source.DenseSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinerTest {
    private static final String[] WORDS = {"moon", "ring", "star", "dust", "comet", "orbit", "tide", "core"};

    @TempDir
    Path folder;

    private StoredCorpus corpus;
    private VectorFile vectors;
    private DenseIndex index;

    @BeforeEach
    void build() {
        corpus = Toy.corpus(IntStream.range(0, 200)
                .mapToObj(i -> WORDS[i % 8] + " " + WORDS[i / 8 % 8] + " " + i)
                .toArray(String[]::new));
        HashingEncoder encoder = new HashingEncoder(64);
        vectors = VectorFile.encode(folder.resolve("vectors"), corpus, encoder, 33, Progress.none());
        index = new DenseIndex(encoder, vectors);
    }

    @AfterEach
    void close() {
        vectors.close();
        corpus.close();
    }

    private static List<MiningQuery> queries() {
        return IntStream.range(0, 50)
                .mapToObj(i -> new MiningQuery(
                        "q" + i,
                        WORDS[i % 8] + " " + WORDS[i / 8 % 8] + " " + i,
                        i % 3 == 0 ? List.of(i, i + 60) : List.of(i)))
                .toList();
    }

    private NegativeStrategy strategy(NegativeSampler sampler, NegativeFilter... filters) {
        return new NegativeStrategy(
                "test", new DenseSource("dense", index), 40, new BiEncoderScorer(index), List.of(filters), sampler);
    }

    private List<MinedQuery> mined(NegativeStrategy strategy, MiningSettings settings, List<MiningQuery> queries) {
        List<MinedQuery> mined = new ArrayList<>();
        new Miner(corpus, strategy, settings).mine(queries.iterator(), mined::add, Progress.none());
        return mined;
    }

    @Test
    void equalInputsGiveEqualNegativesWhateverTheBlockAndTheOrderOfQueries() {
        NegativeStrategy strategy = strategy(UniformPick.all(), new TopKPercPos(0.95));
        MiningSettings settings = MiningSettings.of(5);
        List<MinedQuery> once = mined(strategy, settings, queries());
        assertThat(mined(strategy, new MiningSettings(7, Shortfall.FEWER, 3, settings.round()), queries()))
                .isEqualTo(once);
        List<MiningQuery> reversed = new ArrayList<>(queries());
        Collections.reverse(reversed);
        List<MinedQuery> backwards = mined(strategy, settings, reversed);
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(once);
        assertThat(mined(strategy, MiningSettings.of(6), queries())).isNotEqualTo(once);
        assertThat(mined(strategy, settings.atStep(1), queries())).isNotEqualTo(once);
    }

    @Test
    void equalKeysMeanEqualInputs() {
        NegativeStrategy strategy = strategy(new TopN());
        String key = report(strategy, MiningSettings.of(1)).key();
        assertThat(report(strategy(new TopN()), MiningSettings.of(1)).key()).isEqualTo(key);
        assertThat(report(strategy, MiningSettings.of(2)).key()).isNotEqualTo(key);
        assertThat(report(strategy(new TopN(), new RankWindow(1, 9)), MiningSettings.of(1))
                        .key())
                .isNotEqualTo(key);
    }

    private MiningReport report(NegativeStrategy strategy, MiningSettings settings) {
        return new Miner(corpus, strategy, settings).mine(queries().iterator(), m -> {}, Progress.none());
    }

    @Test
    void noPositiveIsEverANegativeEvenIfNoFilterWasNamed() {
        assertThat(mined(strategy(new TopN()), MiningSettings.of(1), queries())).allSatisfy(m -> {
            assertThat(m.negatives()).hasSize(7);
            assertThat(m.negatives())
                    .extracting(Candidate::document)
                    .doesNotContainAnyElementsOf(m.query().positives());
            assertThat(m.drops().get("known-positive")).isPositive();
        });
    }

    @Test
    void theReportAgreesWithACountOfTheResults() {
        NegativeStrategy strategy = strategy(new TopN(), new RankWindow(2, 30), new TopKPercPos(0.6));
        List<MinedQuery> mined = new ArrayList<>();
        MiningReport report = new Miner(corpus, strategy, MiningSettings.of(1))
                .mine(queries().iterator(), mined::add, Progress.none());
        Map<String, Long> drops = new HashMap<>();
        mined.forEach(m -> m.drops().forEach((reason, n) -> drops.merge(reason, (long) n, Long::sum)));
        assertThat(report.queries()).isEqualTo(50);
        assertThat(report.pool()).isEqualTo(50 * 40);
        assertThat(report.drops()).isEqualTo(drops);
        assertThat(report.drops().keySet())
                .containsExactly("known-positive", "duplicate-text", "rank-window", "topk-percpos");
        assertThat(report.drops().get("rank-window")).isGreaterThanOrEqualTo(10 * 50);
        assertThat(report.drops().values().stream().mapToLong(Long::longValue).sum())
                .isLessThanOrEqualTo(report.pool() - report.chosen());
        assertThat(report.chosen())
                .isEqualTo(mined.stream().mapToInt(m -> m.negatives().size()).sum());
        assertThat(report.shortQueries())
                .isEqualTo(mined.stream().filter(m -> m.negatives().size() < 7).count());
        assertThat(report.scores().total()).isEqualTo(report.chosen());
        assertThat(report.meanRank())
                .isCloseTo(
                        mined.stream()
                                .flatMap(m -> m.negatives().stream())
                                .mapToInt(Candidate::rank)
                                .average()
                                .orElseThrow(),
                        within(1e-9));
        assertThat(report.json().get("drops").get("rank-window").asLong())
                .isEqualTo(report.drops().get("rank-window"));
    }

    @Test
    void aFilterThatLeavesNothingIsReported() {
        MiningReport report =
                report(strategy(new TopN(), new TopKPercPos(0.95), new RankWindow(39, 40)), MiningSettings.of(1));
        assertThat(report.emptied().get("rank-window")).isZero();
        MiningReport strict = report(strategy(new TopN(), new RankWindow(40, 50)), MiningSettings.of(1));
        assertThat(strict.emptied().get("rank-window")).isEqualTo(50);
        assertThat(strict.emptyQueries()).isEqualTo(50);
        assertThat(strict.warnings())
                .contains(
                        "the filter 'rank-window' leaves no candidate for 50 of 50 queries (100.0 %): loosen it or take"
                                + " a larger pool")
                .contains(
                        "50 of 50 queries (100.0 %) have fewer than 7 negatives: loosen the filters, take a larger pool"
                                + " or choose a rule for the shortfall");
    }

    @Test
    void aShortfallIsFilledAsAskedAndCounted() {
        NegativeStrategy strategy = strategy(new TopN(), new RankWindow(36, 40));
        MiningSettings fewer = MiningSettings.of(1);
        MiningReport report = report(strategy, fewer.withShortfall(Shortfall.RANDOM_FILL));
        assertThat(report.shortQueries()).isEqualTo(50);
        assertThat(report.filled()).isEqualTo(50 * 7 - report(strategy, fewer).chosen());
        assertThat(mined(strategy, fewer.withShortfall(Shortfall.RANDOM_FILL), queries()))
                .allSatisfy(m -> {
                    assertThat(m.negatives()).hasSize(7);
                    assertThat(new HashSet<>(m.negatives().stream()
                                    .map(Candidate::document)
                                    .toList()))
                            .hasSize(7);
                    assertThat(m.negatives())
                            .extracting(Candidate::document)
                            .doesNotContainAnyElementsOf(m.query().positives());
                    assertThat(m.negatives().getLast().source()).isEqualTo("random-fill");
                });
        assertThat(mined(strategy, fewer.withShortfall(Shortfall.RELAX), queries()))
                .allSatisfy(m -> {
                    assertThat(m.negatives()).hasSize(7);
                    assertThat(m.negatives()).extracting(Candidate::source).containsOnly("dense");
                });
    }

    @Test
    void withoutScoresAFilterByScoreIsRefused() {
        assertThatThrownBy(() -> new NegativeStrategy(
                        "mine",
                        new DenseSource("dense", index),
                        10,
                        NoScores.INSTANCE,
                        List.of(new TopKPercPos(0.95)),
                        new TopN()))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "strategy 'mine': the filter 'topk-percpos' compares scores of positives and candidates, but no"
                                + " scorer is given; name a bi-encoder, a teacher or a run with scores");
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedWithItsPlace() {
        NegativeStrategy broken = new NegativeStrategy(
                "mine",
                new DenseSource("dense", index),
                10,
                new PairScorer() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public double[] score(MiningQuery query, List<Candidate> documents) {
                        return documents.stream().mapToDouble(d -> Double.NaN).toArray();
                    }
                },
                List.of(),
                new TopN());
        assertThatThrownBy(() -> report(broken, MiningSettings.of(1)))
                .isInstanceOf(BadInput.class)
                .hasMessage("the scorer 'broken' gave NaN for query 'q0' and document 'd0'; scores must be finite");
    }

    @Test
    void noQueriesAndPositivesOutsideTheCorpusAreRefused() {
        assertThatThrownBy(() -> mined(strategy(new TopN()), MiningSettings.of(1), List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessage("there are no queries to mine negatives for");
        assertThatThrownBy(() -> mined(
                        strategy(new TopN()),
                        MiningSettings.of(1),
                        List.of(new MiningQuery("x", "text", List.of(200)))))
                .isInstanceOf(BadInput.class)
                .hasMessage("query 'x' names document number 200 as a positive, but the corpus has 200 documents");
        assertThatThrownBy(() -> new MiningQuery("x", "text", List.of()))
                .hasMessage("query 'x' has no positive document: negatives need one to be told from");
    }
}
