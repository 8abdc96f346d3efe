package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateEmbeddingsVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private String file(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, List.of(lines));
        return file.toString();
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "embeddings"));
        arguments.addAll(List.of(more));
        err.reset();
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments.toArray(new String[0]));
    }

    @Test
    @Tag("slow")
    void aPackagedEncoderIsMeasuredOnAllTasksAtTwoLengths() throws IOException {
        String sts = file(
                "sts.tsv",
                "sentence1\tsentence2\tscore",
                "A cat sleeps.\tA cat is sleeping.\t5",
                "A cat sleeps.\tA dog barks.\t1.5",
                "A cat sleeps.\tShares fell on Monday.\t0");
        String bitext = file(
                "pairs.tsv", "lang\ttext\tenglish", "sco\tbonnie hoose\tpretty house", "sco\twee bairn\tsmall child");
        String clusters = file(
                "classes.tsv",
                "text\tlabel",
                "apple pie\tfood",
                "cherry cake\tfood",
                "stock market\tmoney",
                "bank interest\tmoney");
        Path picture = folder.resolve("curve.svg");
        int exit = run(
                "--encoder",
                "minilm",
                "--sts",
                sts,
                "--bitext",
                bitext,
                "--clusters",
                clusters,
                "--dims",
                "64",
                "--picture",
                picture.toString(),
                "--json");
        assertThat(exit).as(err::toString).isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        JsonNode rows = answer.path("rows");
        assertThat(rows.findValuesAsString("dims")).containsExactly("384", "64", "384", "64", "384", "64");
        assertThat(rows.path(0).path("spearman").asDouble()).isEqualTo(100);
        assertThat(rows.path(0).path("kept").asDouble()).isEqualTo(1);
        assertThat(rows.path(2).path("accuracy").asDouble()).isEqualTo(1);
        assertThat(rows.path(2).path("margin_accuracy").asDouble()).isEqualTo(1);
        assertThat(rows.path(4).path("v_measure").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.path("circumstances").has("encoder minilm")).isTrue();
        assertThat(picture).content().startsWith("<svg ");
    }

    @Test
    void whatCannotBeMeasuredIsASentence() throws IOException {
        assertRefused(2, "an evaluation of embeddings needs an encoder and a task");
        assertRefused(1, "has no column 'sentence1'; columns are a, b", "--sts", file("bad.tsv", "a\tb", "1\t2"));
        String pairs = file("pairs.tsv", "lang\ttext\tenglish", "deu\tHaus\thouse");
        assertRefused(1, "has no pair in the language 'fra'", "--bitext", pairs, "--languages", "fra");
        assertRefused(
                1, "has 1 classes; clusters need at least two", "--clusters", file("c.tsv", "text\tlabel", "x\ta"));
        assertRefused(2, "dims must be at least 1", "--bitext", pairs, "--dims", "0");
    }

    private void assertRefused(int exit, String sentence, String... arguments) {
        assertThat(run(arguments)).isEqualTo(exit);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("sidereal: ").contains(sentence));
    }
}
