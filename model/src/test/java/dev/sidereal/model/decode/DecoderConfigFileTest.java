package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderConfigFileTest {
    /** The keys of a published F2LLM-v2 configuration, whose sizes are put in. */
    private static final String F2LLM = """
            {"architectures": ["Qwen3Model"], "attention_bias": false, "attention_dropout": 0.0, "head_dim": 128,
             "hidden_act": "silu", "hidden_size": %d, "intermediate_size": %d, "max_position_embeddings": 40960,
             "max_window_layers": 28, "model_type": "qwen3", "num_attention_heads": 16, "num_hidden_layers": %d,
             "num_key_value_heads": 8, "rms_norm_eps": 1e-06, "rope_scaling": null, "rope_theta": 1000000,
             "sliding_window": null, "tie_word_embeddings": true, "use_sliding_window": false, "vocab_size": 151936}""";

    private static final DecoderConfig LLAMA_SHAPE = new DecoderConfig(
            2048, 16, 32, 8, 64, 8192, 128256, 131072, 500_000, new RopeScaling(32, 1, 4, 8192), 1e-5, false, true);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("config.json");
    }

    /** Table 1 of arXiv 2603.19223; counts are those of MTEB's registry. */
    @ParameterizedTest
    @CsvSource({
        "320, 2048, 8, 80_084_288",
        "640, 1536, 9, 159_185_024",
        "896, 2560, 16, 334_349_184",
        "1024, 3072, 28, 596_049_920"
    })
    void publishedSizesHaveThePublishedNumberOfParameters(int hidden, int inner, int layers, String parameters)
            throws IOException {
        Files.writeString(file, F2LLM.formatted(hidden, inner, layers));
        DecoderConfig config = DecoderConfigFile.read(file);
        assertThat(config.parameters()).isEqualTo(Long.parseLong(parameters.replace("_", "")));
        assertThat(config.headNorms()).isTrue();
        assertThat(config.tied()).isTrue();
        assertThat(config.ropeTheta()).isEqualTo(1_000_000);
        assertThat(config.ropeScaling()).isEqualTo(RopeScaling.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                """
        "rope_theta": 500000.0, "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0, \
        "original_max_position_embeddings": 8192, "rope_type": "llama3"},""",
                """
        "rope_theta": 500000.0, "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0, \
        "original_max_position_embeddings": 8192, "type": "llama3"},""",
                """
        "rope_parameters": {"rope_theta": 500000.0, "factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0, \
        "original_max_position_embeddings": 8192, "rope_type": "llama3"},""",
            })
    void llamasRotaryScalingIsReadUnderItsOlderAndNewerKey(String keys) throws IOException {
        // Sizes of Llama 3.2 1B.
        Files.writeString(file, """
                        {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "head_dim": 64, "hidden_act": "silu",
                         "hidden_size": 2048, "intermediate_size": 8192, "max_position_embeddings": 131072, "mlp_bias": false,
                         "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 16, "num_key_value_heads": 8,
                         "pretraining_tp": 1, "rms_norm_eps": 1e-05, %s
                         "tie_word_embeddings": true, "torch_dtype": "bfloat16", "vocab_size": 128256}""".formatted(keys));
        assertThat(DecoderConfigFile.read(file)).isEqualTo(LLAMA_SHAPE);
        // The published count of Llama 3.2 1B.
        assertThat(LLAMA_SHAPE.parameters()).isEqualTo(1_235_814_400L);
    }

    @Test
    void absentKeysHaveTheValuesOfTransformers() throws IOException {
        Files.writeString(file, """
                {"architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 2,
                 "num_attention_heads": 4, "intermediate_size": 128, "vocab_size": 99, "max_position_embeddings": 32}""");
        assertThat(DecoderConfigFile.read(file))
                .isEqualTo(
                        new DecoderConfig(64, 2, 4, 4, 16, 128, 99, 32, 10_000, RopeScaling.NONE, 1e-6, false, false));
        Files.writeString(file, Files.readString(file).replace("LlamaForCausalLM", "Qwen3ForCausalLM"));
        assertThat(DecoderConfigFile.read(file).headDim()).isEqualTo(128);
    }

    @ParameterizedTest
    @EnumSource
    void aShapeThatIsWrittenIsReadBack(TinyConfig tiny) {
        DecoderConfigFile.write(tiny.config(), file);
        assertThat(DecoderConfigFile.read(file)).isEqualTo(tiny.config());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Qwen3Model" | "MistralForCausalLM" | the architecture "MistralForCausalLM" is not supported; supported are LlamaForCausalLM, LlamaModel, Qwen3ForCausalLM and Qwen3Model.
            "architectures" | "of" | the architecture "" is not supported; supported are LlamaForCausalLM, LlamaModel, Qwen3ForCausalLM and Qwen3Model.
            "use_sliding_window": false | "use_sliding_window": true | its attention looks through a sliding window, which is not supported; use a checkpoint with full attention.
            "use_sliding_window": false | "layer_types": ["full_attention", "sliding_attention"] | its attention looks through a sliding window, which is not supported; use a checkpoint with full attention.
            "attention_bias": false | "attention_bias": true | attention_bias is true, linear maps with a bias are not supported.
            "attention_bias": false | "attention_bias": "no" | "attention_bias" must be true or false, got "no".
            "rope_scaling": null | "rope_scaling": {"type": "yarn", "factor": 4} | the rotary positions are of type "yarn", which is not supported; supported are "default" and "llama3".
            "rope_scaling": null | "rope_scaling": {"rope_type": "llama3", "factor": 4} | "low_freq_factor" must be a number above 0, got nothing.
            "rope_scaling": null | "quantization_config": {"quant_method": "awq", "bits": 4} | the weights are quantised (awq), which is not supported; use the checkpoint in BF16 or F32.
            "hidden_act": "silu" | "hidden_act": "gelu" | the activation "gelu" is not supported, expected "silu".
            "hidden_size": 320 | "hidden_size": -1 | "hidden_size" must be a whole number above 0, got -1.
            "hidden_size": 320 | "hidden": 320 | "hidden_size" must be a whole number above 0, got nothing.
            "num_key_value_heads": 8 | "num_key_value_heads": 3 | A decoder's kvHeads must divide its heads, got 3 and 16.
            "rms_norm_eps": 1e-06 | "rms_norm_eps": "small" | "rms_norm_eps" must be a number above 0, got "small".
            """)
    void whatTheDecodersDoNotComputeIsRefused(String was, String is, String message) throws IOException {
        String published = F2LLM.formatted(320, 2048, 8);
        assertThat(published).contains(was);
        Files.writeString(file, published.replace(was, is));
        assertThatThrownBy(() -> DecoderConfigFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void aFileThatIsNotThereOrNotJsonIsNamed() throws IOException {
        assertThatThrownBy(() -> DecoderConfigFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("There is no file " + file + "; expected the config.json of a checkpoint.");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> DecoderConfigFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(file + " is not JSON (");
    }
}
