package dev.sidereal.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void theDefaultsOfACheckpointAreRead() throws IOException {
        write("generation_config.json", """
                {"bos_token_id": 151643, "do_sample": true, "eos_token_id": [151645, 151643], "temperature": 0.6,
                 "top_k": 20, "top_p": 0.95, "min_p": 0.1, "repetition_penalty": 1.05, "max_new_tokens": 77}""");
        ChatSettings settings = ChatSettings.read(folder);
        assertThat(settings.name()).isEqualTo(folder.getFileName().toString());
        assertThat(settings.endTokens()).containsExactlyInAnyOrder(151645, 151643);
        assertThat(settings.generation().sampling()).isEqualTo(new Sampling(.6, 20, .95, .1, 1.05, 0));
        assertThat(settings.generation().maxTokens()).isEqualTo(77);
    }

    @Test
    void aCheckpointThatSamplesWithoutSayingHowHasTheDefaultsOfTransformers() throws IOException {
        write("generation_config.json", "{\"do_sample\": true, \"eos_token_id\": 2}");
        assertThat(ChatSettings.read(folder).generation().sampling()).isEqualTo(new Sampling(1, 50, 1, 0, 1, 0));
        write("generation_config.json", "{\"temperature\": 0.6, \"eos_token_id\": 2}");
        assertThat(ChatSettings.read(folder).generation().sampling()).isEqualTo(Sampling.GREEDY);
    }

    @Test
    void theEndTokenMayBeInTheOtherFile() throws IOException {
        assertThatThrownBy(() -> ChatSettings.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("Neither " + folder.resolve("generation_config.json")
                        + " nor the config.json beside it names an "
                        + "eos_token_id; add the id of the token that ends an answer.");
        write("config.json", "{\"eos_token_id\": 128009}");
        assertThat(ChatSettings.read(folder))
                .isEqualTo(ChatSettings.of(folder.getFileName().toString(), Set.of(128009)));
    }

    @Test
    void valuesOutOfRangeAreNamed() throws IOException {
        write("generation_config.json", "{\"do_sample\": true, \"eos_token_id\": 2, \"top_p\": 3}");
        assertThatThrownBy(() -> ChatSettings.read(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("generation_config.json")
                        + ": top-p must be above 0 and at most 1 (off), got 3.0.");
        write("generation_config.json", "[");
        assertThatThrownBy(() -> ChatSettings.read(folder))
                .hasMessageContaining("generation_config.json is not JSON (");
        assertThatThrownBy(() -> ChatSettings.of("x", Set.of()).withTimeout(Duration.ZERO))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The timeout of an answer must be above 0, got PT0S.");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
