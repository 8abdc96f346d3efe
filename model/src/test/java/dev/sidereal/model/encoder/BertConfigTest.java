package dev.sidereal.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BertConfigTest {
    /** Keys of the config.json of multilingual-e5-base that matter. */
    private static final String XLM = """
            {"architectures": ["XLMRobertaModel"], "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu",
             "hidden_dropout_prob": 0.1, "hidden_size": 768, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
             "max_position_embeddings": 514, "model_type": "xlm-roberta", "num_attention_heads": 12,
             "num_hidden_layers": 12, "pad_token_id": 1, "position_embedding_type": "absolute",
             "type_vocab_size": 1, "vocab_size": 250002}""";

    @TempDir
    private Path folder;

    @Test
    void aConfigurationOfXlmRobertaIsRead() throws IOException {
        BertConfig config = read(XLM);
        assertThat(config.family()).isEqualTo(BertConfig.Family.XLM_ROBERTA);
        assertThat(config.vocabulary()).isEqualTo(250_002);
        assertThat(config.normEpsilon()).isEqualTo(1e-5);
        assertThat(config.maxTokens()).isEqualTo(512);
        assertThat(config.activation()).isEqualTo(Activation.GELU);
    }

    @Test
    void whatIsWrittenReadsTheSame() throws IOException {
        BertConfig config = read(XLM);
        assertThat(read(config.json().toString())).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"xlm-roberta\" | \"t5\" | the architecture \"t5\" (model_type) is not supported here; supported are bert, roberta, xlm-roberta and camembert.",
                "\"gelu\" | \"mish\" | the activation \"mish\" (hidden_act) is not supported; supported are gelu, gelu_new, relu and silu.",
                "\"absolute\" | \"relative_key\" | supported are encoders with absolute positions, got position_embedding_type \"relative_key\" and is_decoder false.",
                "\"num_attention_heads\": 12 | \"num_attention_heads\": 7 | An encoder's heads must divide its hidden size, got 7 and 768.",
                "\"vocab_size\": 250002 | \"vocab_size\": 0 | \"vocab_size\" must be a whole number above 0, got 0.",
                "\"pad_token_id\": 1 | \"pad_token_id\": 250002 | An encoder's padding token must be in its vocabulary of 250002, got 250002.",
            })
    void whatCannotBeUsedIsNamed(String from, String to, String message) {
        assertThat(XLM).contains(from);
        assertThatThrownBy(() -> read(XLM.replace(from, to)))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("config.json") + ": " + message);
    }

    private BertConfig read(String json) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, json);
        return BertConfig.read(file);
    }
}
