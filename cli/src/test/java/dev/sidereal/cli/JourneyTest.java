package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The verbs one after the other, as a newcomer uses them. */
class JourneyTest {
    @TempDir
    Path folder;

    private int exit;

    @BeforeEach
    void writeItems() throws IOException {
        Files.write(
                folder.resolve("items.jsonl"),
                List.of(
                        "{\"id\":\"oak\",\"title\":\"Oak\",\"text\":\"A tree with acorns.\",\"kind\":\"tree\",\"height\":30}",
                        "{\"id\":\"ivy\",\"title\":\"Ivy\",\"text\":\"Climbs up a tree.\",\"kind\":\"climber\",\"height\":20}",
                        "{\"id\":\"fern\",\"title\":\"Fern\",\"text\":\"Grows in shade.\",\"acl\":[\"group:staff\"]}"));
        Files.write(folder.resolve("queries.jsonl"), List.of("{\"_id\":\"1\",\"text\":\"acorns\"}"));
        Files.write(folder.resolve("qrels.tsv"), List.of("query-id\tcorpus-id\tscore", "1\toak\t1"));
    }

    private JsonNode run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        exit = new CommandRunner(Terminal.plain(out, new ByteArrayOutputStream()), Interruption.never())
                .run(all.toArray(new String[0]));
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).as("exactly one object on standard output").hasSize(1);
        return JsonMapper.shared().readTree(text);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void indexed() {
        assertThat(run("import", "jsonl", path("items.jsonl"), "--to", path("catalogue"))
                        .path("items")
                        .asInt())
                .isEqualTo(3);
        assertThat(run("index", "--catalogue", path("catalogue"), "--to", path("index"), "--legs", "bm25")
                        .path("written")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void fromFilesToResultsWithFilterFacetsAndRights() {
        indexed();
        JsonNode trees = run("search", "--index", path("index"), "--facets", "kind", "tree");
        assertThat(trees.path("results").findValuesAsString("id")).containsExactly("oak", "ivy");
        assertThat(trees.at("/facets/0/values").findValuesAsString("value")).containsExactly("climber", "tree");
        assertThat(trees.at("/results/0/why/0/leg").asString()).isEqualTo("bm25");

        JsonNode tall = run("search", "--index", path("index"), "--filter", "height > 25 and kind = tree", "tree");
        assertThat(tall.path("results").findValuesAsString("id")).containsExactly("oak");

        assertThat(run("search", "--index", path("index"), "shade").path("results"))
                .isEmpty();
        JsonNode staff = run("search", "--index", path("index"), "--as", "ann,group:staff", "shade");
        assertThat(staff.path("results").findValuesAsString("id")).containsExactly("fern");
    }

    @Test
    void anEvaluationWritesRunsThatCanBeMeasuredAndCompared() throws IOException {
        Files.move(folder.resolve("items.jsonl"), folder.resolve("corpus.jsonl"));
        JsonNode study =
                run("evaluate", "retrieval", "--data", folder.toString(), "--systems", "bm25", "--runs", path("runs"));
        assertThat(exit).isZero();
        assertThat(study.at("/rows/0/ndcg@10").asDouble()).isEqualTo(1.0);
        JsonNode measured =
                run("measure", "--qrels", path("qrels.tsv"), "--run", path("runs/bm25.trec"), "--per-query");
        assertThat(measured.at("/rows/0/ndcg@10").asDouble()).isEqualTo(1.0);
        assertThat(measured.at("/per_query/bm25/1/map").asDouble()).isEqualTo(1.0);
        Files.copy(folder.resolve("runs/bm25.trec"), folder.resolve("again.trec"));
        JsonNode compared = run("compare", path("runs/bm25.trec"), path("again.trec"), "--qrels", path("qrels.tsv"));
        assertThat(compared.at("/differences/0/difference").asDouble()).isZero();
    }

    @Test
    void whatCannotBeUsedIsOneSentenceAndAnExitCode() {
        indexed();
        assertThat(run("search", "--index", path("index"), "--legs", "dense", "tree")
                        .at("/error/message")
                        .asString())
                .startsWith("this index has no leg 'dense'; it has bm25");
        assertThat(exit).isEqualTo(2);
        assertThat(run("search", "--index", path("nowhere"), "tree")
                        .at("/error/message")
                        .asString())
                .isEqualTo("there is no folder " + path("nowhere")
                        + ": expected one of kind 'index'; check the path or build it first");
        assertThat(exit).isEqualTo(1);
        assertThat(run("search", "--index", path("catalogue"), "tree")
                        .at("/error/message")
                        .asString())
                .startsWith(path("catalogue") + " is of kind 'catalogue', expected 'index'");
        assertThat(run("bench", "everything").at("/error/message").asString())
                .startsWith("there is no benchmark 'everything'");
        assertThat(exit).isEqualTo(2);
    }
}
