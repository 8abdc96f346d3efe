package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Progress;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.sample.TopN;
import dev.sidereal.train.negatives.score.RunScorer;
import dev.sidereal.train.negatives.source.RunSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinedExportTest {
    private static final StoredCorpus CORPUS = Toy.corpus("alpha", "beta", "gamma", "delta");

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    private List<String> export(MinedExport shape, int negatives, PairScorer scorer) throws IOException {
        Path file = folder.resolve("mined.jsonl");
        shape.mine(
                file,
                CORPUS,
                new NegativeStrategy("bm25", new RunSource(run(), CORPUS), 10, scorer, List.of(), new TopN()),
                MiningSettings.of(1).withNegatives(negatives),
                List.of(new MiningQuery("q1", "first?", List.of(0, 1)), new MiningQuery("q2", "second?", List.of(2)))
                        .iterator(),
                Progress.none());
        return Files.readAllLines(file);
    }

    private static Run run() {
        return new Run(
                "bm25",
                Map.of(
                        "q1",
                        List.of(
                                new Run.Scored("d0", 9),
                                new Run.Scored("d2", 8),
                                new Run.Scored("d3", 7),
                                new Run.Scored("d1", 6)),
                        "q2",
                        List.of(new Run.Scored("d2", 5), new Run.Scored("d1", 4))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"triplet", "n-tuple", "n-tuple-scores", "labeled-pair", "labeled-list"})
    void sentenceTransformersReadsItsShapes(String name) throws IOException {
        try (InputStream golden = MinedExportTest.class.getResourceAsStream("shapes/" + name + ".jsonl")) {
            assertThat(export(MinedExport.of(name), 2, new RunScorer(run(), CORPUS)))
                    .containsExactlyElementsOf(new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void aShapeOfScoresNeedsAScorer() {
        assertThatThrownBy(() -> export(MinedExport.N_TUPLE_SCORES, 2, NoScores.INSTANCE))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "the shape n-tuple-scores holds scores, and the strategy 'bm25' has none; choose a strategy with"
                                + " a scorer, or the shape n-tuple");
    }

    @Test
    void flagEmbeddingReadsListsAndScores() throws IOException {
        assertThat(export(MinedExport.FLAG_EMBEDDING, 2, new RunScorer(run(), CORPUS)))
                .containsExactly(
                        "{\"query\":\"first?\",\"pos\":[\"alpha\",\"beta\"],\"neg\":[\"gamma\",\"delta\"],"
                                + "\"pos_scores\":[9.0,6.0],\"neg_scores\":[8.0,7.0]}",
                        "{\"query\":\"second?\",\"pos\":[\"gamma\"],\"neg\":[\"beta\"],"
                                + "\"pos_scores\":[5.0],\"neg_scores\":[4.0]}");
    }

    @Test
    void ourOwnShapeHasIdsRanksAndSources() throws IOException {
        assertThat(export(MinedExport.of("train"), 1, NoScores.INSTANCE))
                .containsExactly(
                        "{\"qid\":\"q1\",\"query\":\"first?\",\"positives\":[{\"id\":\"d0\"},{\"id\":\"d1\"}],"
                                + "\"negatives\":[{\"id\":\"d2\",\"rank\":2,\"source\":\"bm25\"}]}",
                        "{\"qid\":\"q2\",\"query\":\"second?\",\"positives\":[{\"id\":\"d2\"}],"
                                + "\"negatives\":[{\"id\":\"d1\",\"rank\":2,\"source\":\"bm25\"}]}");
    }

    @Test
    void whenNothingComesOutNothingIsWritten() throws IOException {
        assertThatThrownBy(() -> export(MinedExport.N_TUPLE, 5, NoScores.INSTANCE))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "the strategy 'bm25' leaves no line to write for 2 queries: 2 of 2 queries (100.0 %) have fewer"
                                + " than 5 negatives: loosen the filters, take a larger pool or choose a rule for the shortfall");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anUnknownShapeIsRefused() {
        assertThatThrownBy(() -> MinedExport.of("csv"))
                .hasMessage("unknown export 'csv'; exports are triplet, n-tuple, n-tuple-scores,"
                        + " labeled-pair, labeled-list, flag-embedding, train");
    }
}
