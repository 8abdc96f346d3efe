package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Progress;
import dev.sidereal.core.format.TrecQrelsFile;
import dev.sidereal.core.format.TrecRunFile;
import dev.sidereal.eval.Averaging;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Evaluator;
import dev.sidereal.eval.measure.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalStudyTest {
    @TempDir
    Path folder;

    private Path data() throws IOException {
        Path data = Files.createDirectories(folder.resolve("stones"));
        Files.write(
                data.resolve("corpus.jsonl"),
                List.of(
                        "{\"_id\":\"d1\",\"title\":\"Granite\",\"text\":\"A hard rock with quartz.\"}",
                        "{\"_id\":\"d2\",\"title\":\"Chalk\",\"text\":\"A soft white rock.\"}",
                        "{\"_id\":\"d3\",\"title\":\"Slate\",\"text\":\"Splits into thin plates for roofs.\"}",
                        "{\"_id\":\"d4\",\"title\":\"Twin\",\"text\":\"A soft white rock.\"}"));
        Files.write(
                data.resolve("queries.jsonl"),
                List.of(
                        "{\"_id\":\"q1\",\"text\":\"hard rock\"}",
                        "{\"_id\":\"q2\",\"text\":\"white rock\"}",
                        "{\"_id\":\"q3\",\"text\":\"what covers a house against rain\"}"));
        Files.write(
                data.resolve("qrels.tsv"),
                List.of("query-id\tcorpus-id\tscore", "q1\td1\t1", "q2\td2\t1", "q3\td3\t1"));
        return data;
    }

    private StudySettings settings(Path data, SearchSystem... systems) {
        return new StudySettings(
                data,
                "test",
                List.of(systems),
                "minilm-q",
                "en",
                "ndcg@10,map",
                100,
                null,
                folder.resolve("runs"),
                null);
    }

    @Test
    void aWrittenRunMeasuresAsTheRowSaysTiesAndMissingQueriesIncluded() throws IOException {
        Path data = data();
        RetrievalStudy.Result result = new RetrievalStudy(settings(data, SearchSystem.BM25), Progress.none()).run();
        var measured = new Evaluator(Measures.parse("ndcg@10,map"), Averaging.COMPLETE)
                .evaluate(
                        TrecRunFile.read(folder.resolve("runs/bm25.trec")),
                        TrecQrelsFile.read(data.resolve("qrels.tsv")));
        assertThat(result.rows()).hasSize(1);
        assertThat(result.rows().getFirst())
                .containsEntry("system", "bm25")
                .containsEntry("ndcg@10", measured.value("ndcg@10"))
                .containsEntry("map", measured.value("map"))
                .containsKeys("p50_ms", "p95_ms", "build_s", "index_bytes");
        assertThat(measured.value("map")).isBetween(0.4, 0.7);
        assertThat(result.warnings()).anyMatch(w -> w.contains("1 of 3 judged queries"));
    }

    @Test
    void runsCarryTheirCircumstances() throws IOException {
        Path data = data();
        new RetrievalStudy(settings(data, SearchSystem.BM25), Progress.none()).run();
        Circumstances circumstances = Circumstances.readBeside(folder.resolve("runs/bm25.trec"));
        assertThat(circumstances.values())
                .containsEntry("split", "test")
                .containsEntry("judgments", Circumstances.hash(TrecQrelsFile.read(data.resolve("qrels.tsv"))))
                .containsKey("data");
    }

    @Test
    void vectorsFindWhatWordsDoNot() throws IOException {
        RetrievalStudy.Result result = new RetrievalStudy(
                        settings(data(), SearchSystem.BM25, SearchSystem.DENSE, SearchSystem.HYBRID), Progress.none())
                .run();
        assertThat(result.rows()).extracting(row -> row.get("system")).containsExactly("bm25", "dense", "hybrid");
        assertThat(result.circumstances()).containsEntry("encoder", "minilm-q");
        assertThat(map(result, 1)).isGreaterThan(map(result, 0));
    }

    private static double map(RetrievalStudy.Result result, int row) {
        return (double) Objects.requireNonNull(result.rows().get(row).get("map"));
    }
}
