package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        ModelSource packaged = PackagedModel.MINILM_Q.source(CacheFolder.path());
        Files.createDirectories(folder.resolve("onnx"));
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.copy(packaged.weights(), folder.resolve("onnx/model.onnx"));
        try (InputStream tokenizer = PackagedModel.MINILM_Q.open("all-minilm-l6-v2-q-tokenizer.json")) {
            Files.copy(tokenizer, folder.resolve("tokenizer.json"));
        }
        write("modules.json", """
                [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]""");
        write("1_Pooling/config.json", """
                {"word_embedding_dimension": 384, "pooling_mode_cls_token": false,
                 "pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": false}""");
        write("sentence_bert_config.json", "{\"max_seq_length\": 256, \"do_lower_case\": false}");
        write("config_sentence_transformers.json", "{\"prompts\": {}, \"default_prompt_name\": null}");
    }

    @Test
    void aFolderGivesTheVectorsOfThePackagedModel() {
        List<String> texts = List.of("a short text", "word ".repeat(400));
        try (Encoder own = Encoders.open(folder.toString());
                Encoder packaged = Encoders.open("minilm-q")) {
            assertThat(own.card().name()).isEqualTo(folder.toString());
            assertThat(own.card().fingerprint()).isEqualTo(packaged.card().fingerprint());
            assertThat(own.encode(Role.QUERY, texts))
                    .usingRecursiveComparison()
                    .isEqualTo(packaged.encode(Role.QUERY, texts));
        }
    }

    @Test
    void promptsLengthPoolingAndNormalisationAreRead() throws IOException {
        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"q: \", \"passage\": \"p: \"}}");
        write("sentence_bert_config.json", "{\"max_seq_length\": 16, \"do_lower_case\": true}");
        write("1_Pooling/config.json", "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true}");
        write("modules.json", """
                [{"path": "", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        Recipe recipe = ModelFolder.read("x", folder).recipe();
        assertThat(recipe).isEqualTo(new Recipe(Pooling.CLS, "q: ", "p: ", 384, 16, false, true, true));
        try (Encoder encoder = Encoders.open(folder.toString())) {
            assertThat(encoder.encode(Role.DOCUMENT, List.of("word ".repeat(40)))
                            .tokens())
                    .isEqualTo(16);
            assertThat(encoder.encode(Role.QUERY, List.of("p")).vectors()[0])
                    .containsExactly(encoder.encode(Role.QUERY, List.of("P")).vectors()[0]);
        }
    }

    @Test
    void theDefaultPromptStandsInForOneThatHasNoName() throws IOException {
        write("config_sentence_transformers.json", """
                {"prompts": {"query": "q: ", "plain": "d: "}, "default_prompt_name": "plain"}""");
        Recipe recipe = ModelFolder.read("x", folder).recipe();
        assertThat(recipe.queryPrompt()).isEqualTo("q: ");
        assertThat(recipe.documentPrompt()).isEqualTo("d: ");
    }

    @Test
    void whatDecidesAVectorDecidesTheFingerprint() throws IOException {
        String before = ModelFolder.read("x", folder).card().fingerprint();
        write("config_sentence_transformers.json", "{\"prompts\": {\"query\": \"q: \"}}");
        String prompted = ModelFolder.read("x", folder).card().fingerprint();
        Files.writeString(folder.resolve("tokenizer.json"), Files.readString(folder.resolve("tokenizer.json")) + "\n");
        String tokenized = ModelFolder.read("x", folder).card().fingerprint();
        Files.write(folder.resolve("onnx/model.onnx_data"), new byte[] {1});
        String weighted = ModelFolder.read("x", folder).card().fingerprint();
        assertThat(List.of(before, prompted, tokenized, weighted)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modules.json",
                "1_Pooling/config.json",
                "sentence_bert_config.json",
                "config_sentence_transformers.json",
                "tokenizer.json"
            })
    void aMissingFileIsNamed(String file) throws IOException {
        Files.delete(folder.resolve(file));
        assertThatThrownBy(() -> Encoders.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessage("The model's folder has no " + folder.resolve(file)
                        + "; copy it from the model's page, it says how the model wants to be used.");
    }

    @Test
    void missingWeightsAreNamedWithTheWayToMakeThem() throws IOException {
        Files.delete(folder.resolve("onnx/model.onnx"));
        assertThatThrownBy(() -> Encoders.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("has no onnx/model.onnx and no model.onnx; export it: optimum-cli export onnx");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sentence_bert_config.json | {} | : the key "max_seq_length" is missing; add it as the model's page says.
            sentence_bert_config.json | {"max_seq_length": null} | : the key "max_seq_length" is missing
            sentence_bert_config.json | {"max_seq_length": "many"} | : "max_seq_length" must be a whole number above 0, got "many".
            sentence_bert_config.json | {"max_seq_length": 9, "do_lower_case": 1} | : "do_lower_case" must be true or false, got 1.
            sentence_bert_config.json | {"max_seq | is not JSON:
            config_sentence_transformers.json | {} | : the key "prompts" is missing; add it as the model's page says, {} if the model wants no prompts.
            1_Pooling/config.json | {"pooling_mode_cls_token": true} | : the key "word_embedding_dimension" is missing
            1_Pooling/config.json | {"word_embedding_dimension": 384} | : exactly one pooling_mode_... must be true, got [].
            1_Pooling/config.json | {"word_embedding_dimension": 384, "pooling_mode_max_tokens": true} | : pooling_mode_max_tokens is not supported
            1_Pooling/config.json | {"word_embedding_dimension": 99, "pooling_mode_cls_token": true} | gives 384 dimensions, its pooling configuration says 99
            modules.json | [{"type": "a.Transformer", "path": ""}] | : expected a module of type Transformer and one of type Pooling
            modules.json | [{"type": "a.Dense", "path": ""}] | : a module of type "a.Dense" is not supported
            tokenizer.json | {} | cannot be read
            """)
    void aWrongValueIsNamedWithFileAndKey(String file, String content, String message) throws IOException {
        write(file, content);
        assertThatThrownBy(() -> Encoders.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Files.delete(folder.resolve("onnx/model.onnx"));
        write("model.onnx", "no model");
        assertThatThrownBy(() -> Encoders.open(folder.toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model.onnx cannot be opened by ONNX Runtime");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
