package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MillionDocumentsTest {
    @TempDir
    Path folder;

    /** Texts take some 130 MB and vectors 128 MB, so that keeping either in the heap would fail. */
    @Test
    void aMillionDocumentsAreMinedInAHeapOf128Megabytes() throws IOException, InterruptedException {
        assertThat(mine("128m", "topk-percpos")).contains("topk-percpos mined 2000 queries, pool 200000");
    }

    @Test
    void strategiesThatLookAtAllDocumentsKeepToAHeapOfOneGigabyte() throws IOException, InterruptedException {
        assertThat(mine("1g", "resa2,popularity,cluster,mmr"))
                .contains("resa2 mined 64 queries, pool 64000, chosen 448")
                .contains("popularity mined 64 queries")
                .contains("cluster mined 64 queries")
                .contains("mmr mined 64 queries");
    }

    private String mine(String heap, String strategies) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MillionDocuments.class.getName(),
                        folder.toString(),
                        strategies))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Files.size(folder.resolve("mined.jsonl"))).isPositive();
        return output;
    }
}
