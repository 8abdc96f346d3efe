package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.Encoders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PruneVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments);
    }

    private String[] prune(String hidden) throws IOException {
        Path texts = folder.resolve("texts.txt");
        Files.writeString(texts, "The moon is a rock.\nWater is wet.\npublic int size() { return n; }\n");
        return new String[] {
            "prune",
            "--model",
            "minilm",
            "--layers",
            "2",
            "--hidden",
            hidden,
            "--mlp",
            "256",
            "--to",
            folder.resolve("small").toString(),
            "--calibration",
            texts.toString(),
            "--json"
        };
    }

    @Test
    void aSmallerEncoderIsCutAndMergedWithItself() throws IOException {
        assertThat(run(prune("128"))).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        // Tables of 30,522 words, 512 positions and 2 types, their norm; two layers.
        long layer = 4 * (128 * 128 + 128) + 2 * 128 * 256 + 256 + 128 + 4 * 128;
        assertThat(json.path("parameters_after").longValue()).isEqualTo((30_522 + 512 + 2 + 2) * 128 + 2 * layer);
        assertThat(json.path("parameters_before").longValue()).isEqualTo(22_565_376);
        assertThat(json.path("channels")).hasSize(128);
        assertThat(json.path("cosine_before_training").doubleValue()).isBetween(-1.0, .9);
        String small = folder.resolve("small").toString();
        String merged = folder.resolve("merged").toString();
        assertThat(run("merge", "--models", small + "," + small, "--weights", "1,3", "--to", merged, "--json"))
                .isZero();
        try (Encoder one = Encoders.open(small);
                Encoder other = Encoders.open(merged + "@64")) {
            assertThat(one.card().dims()).isEqualTo(128);
            float[] whole = one.encode(Role.QUERY, List.of("moon")).vectors()[0];
            float[] cut = other.encode(Role.QUERY, List.of("moon")).vectors()[0];
            assertThat(cut).hasSize(64);
            assertThat(cut[3] / cut[5]).isCloseTo(whole[3] / whole[5], org.assertj.core.data.Offset.offset(1e-3f));
        }
    }

    @Test
    void sizesThatDoNotFitAreRefusedBeforeTextsAreRead() throws IOException {
        String[] arguments = prune("100");
        Files.writeString(folder.resolve("texts.txt"), "");
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("must be a multiple of 32, got 100."));
    }

    @Test
    void whatDoesNotFitIsASentenceAndWritesNothing() throws IOException {
        assertThat(run(prune("100"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "The heads of this model have 32 dimensions and only whole ones go, so its hidden size must be"
                                + " a multiple of 32, got 100.");
        assertThat(folder.resolve("small")).doesNotExist();
        assertThat(run(
                        "merge",
                        "--models",
                        "minilm,bge-small",
                        "--to",
                        folder.resolve("m").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("The models minilm and bge-small are of different architectures and cannot be merged");
        assertThat(folder.resolve("m")).doesNotExist();
    }
}
