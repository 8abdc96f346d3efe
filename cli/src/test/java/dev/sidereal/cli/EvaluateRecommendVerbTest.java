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

class EvaluateRecommendVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void users() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int u = 0; u < 20; u++) {
            lines.add("u" + u + "\ti" + u % 5 + " i" + (u + 1) % 5 + " i" + (u + 2) % 5 + " i" + (u + 3) % 5);
        }
        Files.write(folder.resolve("sequences.tsv"), lines);
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "recommend", "--data", folder.toString()));
        arguments.addAll(List.of(more));
        out.reset();
        err.reset();
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments.toArray(new String[0]));
    }

    @Test
    void everySystemIsARowWithTheFiguresThatScriptsRead() {
        Path workspace = folder.resolve("work");
        String[] arguments = {
            "--systems",
            "popularity,itemknn,adjacency,sasrec",
            "--epochs",
            "2",
            "--workspace",
            workspace.toString(),
            "--json"
        };
        assertThat(run(arguments)).as(err::toString).isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(answer.path("rows").findValuesAsString("system"))
                .containsExactly("popularity", "itemknn", "adjacency", "sasrec");
        for (JsonNode row : answer.path("rows")) {
            assertThat(row.propertyNames())
                    .contains("recall@5", "ndcg@5", "recall@10", "ndcg@10", "valid_rate", "users_per_s", "train_s");
            assertThat(row.path("valid_rate").asDouble()).isEqualTo(1);
        }
        // One item is left that a user has not seen.
        assertThat(answer.path("rows").path(2).path("recall@5").asDouble()).isEqualTo(1);
        assertThat(answer.path("differences")).hasSize(12);
        assertThat(answer.path("circumstances").path("seen").asString()).isEqualTo("removed");
        assertThat(workspace.resolve("ranks-" + folder.getFileName() + "-test.tsv"))
                .content()
                .startsWith("case\tuser\tpopularity\titemknn\tadjacency\tsasrec\n0\tu0\t");

        assertThat(run(arguments)).as(err::toString).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("SASRec was trained before and is taken from");
        assertThat(run("--systems", "sasrec", "--epochs", "3", "--workspace", workspace.toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("was trained with dims 64");
    }

    @Test
    void theTableNamesTheProtocol() {
        assertThat(run()).as(err::toString).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("20 cases, 5 items, leave last out, full ranking of all items; seen items removed")
                .contains("adjacency against each");
    }

    @Test
    void anUnknownSystemIsASentence() {
        assertThat(run("--systems", "magic")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no system 'magic'; systems are popularity, itemknn, adjacency, adjacency-tuned");
    }
}
