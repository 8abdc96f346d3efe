package dev.sidereal.train;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small random models as folders; they read the words w0 to w49. */
public final class TinyFolders {
    public static final int WORDS = 50;
    private static final int VOCABULARY = WORDS + 3;
    private static final int END = 2;

    private TinyFolders() {}

    /** {@return a BERT without dropout, mean pooling, of that size and heads of 4 dimensions} */
    public static BertConfig bert(int layers, int hidden, int intermediate) {
        return new BertConfig(
                BertConfig.Family.BERT,
                VOCABULARY,
                hidden,
                layers,
                hidden / 4,
                intermediate,
                16,
                1,
                1e-12,
                Activation.GELU,
                0,
                0,
                0);
    }

    /** {@return a Qwen3 with four heads of 6 dimensions} */
    public static DecoderConfig decoder(int layers, int hidden, int intermediate) {
        return new DecoderConfig(
                hidden, layers, 4, 2, 6, intermediate, VOCABULARY, 32, 1e6, RopeScaling.NONE, 1e-6, true, true);
    }

    /** Writes a BERT whose random weights were changed. */
    public static Path write(Path folder, BertConfig config, Consumer<Bert> change) {
        Torch.seed(11);
        try (Bert bert = Bert.random(config, Device.CPU)) {
            change.accept(bert);
            files(folder, config.hidden(), "mean_tokens");
            bert.save(folder);
        }
        return folder;
    }

    /** Writes a decoder whose random weights were changed. */
    public static Path write(Path folder, DecoderConfig config, Consumer<TrainableDecoder> change) {
        Torch.seed(12);
        try (TrainableDecoder decoder = TrainableDecoder.random(config, DType.F32, Device.CPU)) {
            change.accept(decoder);
            files(folder, config.hidden(), "lasttoken");
            decoder.save(folder);
        }
        return folder;
    }

    private static void files(Path folder, int hidden, String pooling) {
        try {
            Files.createDirectories(folder.resolve("1_Pooling"));
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
            Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"</s>\"}");
            Files.writeString(folder.resolve("modules.json"), """
                    [{"path": "", "type": "sentence_transformers.models.Transformer"},
                     {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
                    """);
            Files.writeString(
                    folder.resolve("1_Pooling/config.json"),
                    "{\"word_embedding_dimension\": " + hidden + ", \"pooling_mode_" + pooling + "\": true}");
            Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 16}");
            Files.writeString(folder.resolve("config_sentence_transformers.json"), "{\"prompts\": {}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tokenizer() {
        String words = IntStream.range(0, WORDS)
                .mapToObj(i -> "\"w" + i + "\": " + (i + 3))
                .collect(Collectors.joining(", "));
        return """
                {"version": "1.0",
                 "added_tokens": [{"id": %d, "content": "</s>", "single_word": false, "lstrip": false,
                                   "rstrip": false, "normalized": false, "special": true}],
                 "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "[UNK]",
                           "vocab": {"[PAD]": 0, "[UNK]": 1, "</s>": 2, %s}}}
                """.formatted(END, words);
    }
}
