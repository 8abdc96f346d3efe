package dev.sidereal.cli;

import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of a small random encoder with dropout, which knows the words w0 to w49. */
final class TinyEncoder {
    private static final int WORDS = 50;
    private static final int DIMS = 32;

    private TinyEncoder() {}

    static void write(Path folder) throws IOException {
        BertConfig config = new BertConfig(
                BertConfig.Family.BERT, WORDS + 2, DIMS, 2, 2, 64, 32, 1, 1e-12, Activation.GELU, .1, .1, 0);
        Files.createDirectories(folder.resolve("1_Pooling"));
        Torch.seed(3);
        try (Bert bert = Bert.random(config, Device.CPU)) {
            bert.save(folder);
        }
        List<String> vocabulary = new ArrayList<>(List.of("\"[PAD]\": 0", "\"[UNK]\": 1"));
        for (int i = 0; i < WORDS; i++) {
            vocabulary.add("\"w" + i + "\": " + (i + 2));
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"version\": \"1.0\", \"added_tokens\": [], \"pre_tokenizer\": {\"type\": \"Whitespace\"}, \"model\": {\"type\":"
                        + " \"WordLevel\", \"vocab\": {" + String.join(", ", vocabulary)
                        + "}, \"unk_token\": \"[UNK]\"}}");
        Files.writeString(folder.resolve("modules.json"), """
                [{"path": "", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        Files.writeString(
                folder.resolve("1_Pooling/config.json"),
                "{\"word_embedding_dimension\": " + DIMS + ", \"pooling_mode_mean_tokens\": true}");
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 32}");
        Files.writeString(folder.resolve("config_sentence_transformers.json"), "{\"prompts\": {}}");
    }
}
