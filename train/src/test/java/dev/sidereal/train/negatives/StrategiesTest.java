package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.filter.GeckoRelabel;
import dev.sidereal.train.negatives.score.CrossEncoderScorer;
import dev.sidereal.train.negatives.score.RuleReranker;
import dev.sidereal.train.negatives.source.AnceSource;
import dev.sidereal.train.negatives.source.RefreshPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrategiesTest {
    private static final HashingEncoder ENCODER = new HashingEncoder(64);
    private static final StoredCorpus CORPUS = StoredCorpus.temporary(IntStream.range(0, 120)
            .mapToObj(i -> Item.of("d" + i, "Page " + i / 4, "Moon " + i % 7 + " is larger than ring " + i)));
    private static final String DEV = "d5";

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    static List<String> names() {
        return List.copyOf(Strategies.names());
    }

    private static List<MiningQuery> queries() {
        return IntStream.range(0, 20)
                .mapToObj(i -> new MiningQuery("q" + i, "which moon " + i % 7 + " has ring " + i, List.of(i, i + 40)))
                .toList();
    }

    private static DenseIndex index() {
        List<String> texts =
                IntStream.range(0, CORPUS.size()).mapToObj(CORPUS::text).toList();
        return new DenseIndex(
                ENCODER, new HeapVectors(ENCODER.encode(Role.DOCUMENT, texts).vectors()));
    }

    private static Run run() {
        Map<String, List<Run.Scored>> results = new LinkedHashMap<>();
        queries()
                .forEach(q -> results.put(
                        q.id(),
                        IntStream.range(0, 60)
                                .mapToObj(i -> new Run.Scored("d" + i, 60 - i))
                                .toList()));
        return new Run("bm25", results);
    }

    private static MiningInputs everything() {
        return MiningInputs.of(CORPUS, 3)
                .dense(index())
                .run(run())
                .teacher(new CrossEncoderScorer(
                        CORPUS, new RuleReranker("shortest", t -> 1.0 / (1 + Math.abs(t.hashCode() % 97)))))
                .positiveCounts(
                        IntStream.range(0, CORPUS.size()).map(i -> i % 5).toArray())
                .live(new AnceSource(step -> index(), RefreshPolicy.every(10), Runnable::run))
                .writer((query, positive, n) -> List.of(positive + " is false"))
                .judges((q, t) -> t.stream().map(x -> false).toList(), (q, t) -> List.of())
                .queries(queries())
                .ranker(new GeckoRelabel.Ranker() {
                    @Override
                    public String name() {
                        return "backwards";
                    }

                    @Override
                    public List<Integer> rank(String query, List<String> texts) {
                        return IntStream.range(0, texts.size())
                                .map(i -> texts.size() - 1 - i)
                                .boxed()
                                .toList();
                    }
                })
                .answers(Map.of("q0", List.of("ring 7")))
                .heldOut(new Qrels(Map.of("dev", Map.of(DEV, 1))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyStrategyMinesWithoutPositivesDevAnswersOrRepeats(String name) {
        NegativeStrategy strategy = Strategies.of(name, everything());
        List<MinedQuery> mined = new ArrayList<>();
        MiningReport report = new Miner(CORPUS, strategy, MiningSettings.of(1))
                .mine(queries().iterator(), mined::add, Progress.none());
        assertThat(report.chosen()).isPositive();
        assertThat(mined).allSatisfy(m -> {
            List<String> texts = m.negatives().stream().map(c -> c.text(CORPUS)).toList();
            assertThat(texts).doesNotHaveDuplicates().doesNotContain(CORPUS.text(CORPUS.find(DEV)));
            m.query().positives().forEach(p -> assertThat(texts).doesNotContain(CORPUS.text(p)));
        });
    }

    @Test
    void theCatalogueHasStrategiesOfAllSixFamilies() {
        assertThat(Strategies.names())
                .contains("random", "popularity")
                .contains("bm25", "naive-topk", "rank-window", "topk-shift", "topk-abs", "topk-marginpos")
                .contains("topk-percpos", "sampled-topk", "ensemble", "semi-hard", "siblings")
                .contains("ance", "simans", "trisampler", "softmax", "cl-drd")
                .contains("cluster", "tas-balanced", "mmr", "near-duplicate-cap")
                .contains("rocketqa", "ce-percpos", "gist", "consensus", "rlhn", "reciprocal")
                .contains("counterfactual", "syneg");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Strategies.parse("bm25,hardest", everything()))
                .isInstanceOf(BadConfig.class)
                .hasMessage("unknown strategy 'hardest'; strategies are " + String.join(", ", Strategies.names()));
    }

    @Test
    void aStrategyWhoseNeedIsMissingIsRefused() {
        assertThatThrownBy(() -> Strategies.of("topk-percpos", MiningInputs.of(CORPUS, 1)))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "the strategy 'topk-percpos' needs an encoder and its document vectors, which is not given");
        assertThatThrownBy(
                        () -> Strategies.of("syneg", MiningInputs.of(CORPUS, 1).dense(index())))
                .hasMessage("the strategy 'syneg' needs a language model, or another writer of negatives, which is not"
                        + " given");
    }

    @Test
    void aListGivesItsStrategiesInOrder() {
        assertThat(Strategies.parse("bm25, topk-percpos,random", everything()))
                .extracting(NegativeStrategy::name)
                .containsExactly("bm25", "topk-percpos", "random");
    }

    @Test
    void filtersRunInTheOrderOfTheirStages() {
        assertThat(Strategies.of("rocketqa", everything()).filters())
                .extracting(NegativeFilter::name)
                .containsExactly("known-positive", "held-out", "duplicate-text", "rocketqa-denoise");
    }
}
