package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderConfigFile;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.weights.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenerateVerbTest {
    private static final DecoderConfig CONFIG =
            new DecoderConfig(16, 1, 2, 1, 8, 24, 8, 64, 10_000, RopeScaling.NONE, 1e-6, true, true);

    @TempDir
    Path model;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeCheckpoint() throws IOException {
        DecoderConfigFile.write(CONFIG, model.resolve("config.json"));
        new SafetensorsWriter().addAll(RandomWeights.of(CONFIG, 1)).write(model.resolve("model.safetensors"));
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": 7}");
        Files.writeString(
                model.resolve("tokenizer.json"),
                "{\"version\":\"1.0\",\"added_tokens\":[],\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"model\":{\"type\":"
                        + "\"WordLevel\",\"vocab\":{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"[UNK]\":7},"
                        + "\"unk_token\":\"[UNK]\"}}");
    }

    private int run(String... arguments) {
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments);
    }

    @Test
    void aCheckpointContinuesATextAndTheSameSeedWritesTheSame() {
        String[] call = {
            "generate",
            "--model",
            model.toString(),
            "--tokens",
            "5",
            "--temperature",
            "1",
            "--seed",
            "3",
            "--json",
            "a b"
        };
        assertThat(run(call)).as(err::toString).isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(answer.path("prompt_tokens").asInt()).isEqualTo(2);
        assertThat(answer.path("tokens").asInt()).isBetween(0, 5);
        assertThat(answer.path("stopped").asString("")).isIn("length", "end");
        out.reset();
        run(call);
        assertThat(JsonMapper.shared()
                        .readTree(out.toString(StandardCharsets.UTF_8))
                        .path("text"))
                .isEqualTo(answer.path("text"));
    }

    @Test
    void aDeviceThatIsNotThereIsASentence() {
        assertThat(run("generate", "--model", model.toString(), "--device", "tpu", "a"))
                .isPositive();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no device \"tpu\"; expected cpu, cuda");
    }

    @Test
    void aFolderWithoutACheckpointIsASentence() throws IOException {
        Files.delete(model.resolve("model.safetensors"));
        assertThat(run("generate", "--model", model.toString(), "a")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(out.size()).isZero();
    }
}
