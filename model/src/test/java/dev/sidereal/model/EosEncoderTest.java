package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.NaiveDecoder;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EosEncoderTest {
    private static final int EOS = SmallTokenizer.FIRST_SPECIAL;
    private static final int MOST = 12;
    private static final DecoderConfig CONFIG = new DecoderConfig(
            24, 2, 4, 2, 16, 37, SmallTokenizer.VOCABULARY, MOST, 1_000_000, RopeScaling.NONE, 1e-6, true, true);

    /** Short, long, just as long as is read without the end, one token longer, empty, ended already. */
    private static final List<String> TEXTS = List.of(
            "abc",
            "a text of more than twelve bytes",
            "abcdefghijk",
            "abcdefghijkl",
            "",
            "abc<|endoftext|>",
            "hello there");

    @TempDir
    private Path folder;

    @BeforeEach
    void aPublishedDecoder() throws IOException {
        try (TrainableDecoder decoder =
                TrainableDecoder.load(CONFIG, RandomWeights.of(CONFIG, 3), DType.F32, Device.CPU)) {
            decoder.save(folder);
        }
        Files.write(folder.resolve("tokenizer.json"), SmallTokenizer.json());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|endoftext|>\"}");
    }

    @Test
    void aVectorIsTheStateOfTheEndOfTextAloneInItsSequence() {
        try (EosEncoder encoder = EosEncoder.open(folder, Device.CPU)) {
            float[][] vectors = encoder.encode(Role.DOCUMENT, TEXTS).vectors();
            for (int i = 0; i < TEXTS.size(); i++) {
                assertClose(vectors[i], unit(naive(TEXTS.get(i))));
            }
        }
    }

    @Test
    void rawVectorsOfAPaddedBatchAreThoseOfEachTextAlone() {
        try (EosEncoder encoder = EosEncoder.open(folder, Device.CPU);
                TensorScope _ = new TensorScope()) {
            TokenBatch batch = encoder.tokenize(Role.QUERY, TEXTS);
            assertThat(batch.width()).isEqualTo(MOST);
            Tensor raw = encoder.pooled(batch);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertClose(raw.select(0, i).floats(), naive(TEXTS.get(i)));
            }
        }
    }

    /** The definition: the text's own tokens, cut, and the end of text once. */
    private static double[] naive(String text) {
        int[] tokens;
        try (TextTokenizer tokenizer = SmallTokenizer.open()) {
            tokens = tokenizer.encode(text.replace("<|endoftext|>", ""));
        }
        int[] ended = Arrays.copyOf(tokens, Math.min(tokens.length + 1, MOST));
        ended[ended.length - 1] = EOS;
        return new NaiveDecoder(CONFIG, RandomWeights.of(CONFIG, 3)).run(ended).lastHidden();
    }

    @Test
    void cutTextsAreCounted() {
        try (EosEncoder encoder = EosEncoder.open(folder, Device.CPU)) {
            assertThat(encoder.encode(Role.DOCUMENT, TEXTS).truncated()).isEqualTo(2);
        }
    }

    @Test
    void aTrainedOneIsServedFromItsFolder() throws IOException {
        Path saved = folder.resolve("saved");
        try (EosEncoder encoder = EosEncoder.open(folder, Device.CPU)) {
            float[][] before = encoder.encode(Role.QUERY, TEXTS).vectors();
            try (AdamW adam = AdamW.of(encoder.parameters(), 1e-2, 0);
                    TensorScope _ = new TensorScope()) {
                Norms.unit(encoder.pooled(encoder.tokenize(Role.QUERY, TEXTS)))
                        .sum()
                        .backward();
                adam.step(1);
            }
            float[][] after = encoder.encode(Role.QUERY, TEXTS).vectors();
            assertThat(after[0]).isNotEqualTo(before[0]);
            encoder.save(saved);
            try (Encoder served = Encoders.open(saved.toString())) {
                assertThat(served.encode(Role.QUERY, TEXTS).vectors()).isDeepEqualTo(after);
                assertThat(served.card().fingerprint()).isEqualTo(encoder.card().fingerprint());
                assertThat(served.card().dims()).isEqualTo(24);
                assertThat(served.card().maxTokens()).isEqualTo(MOST);
                assertThat(served.card().normalised()).isTrue();
            }
        }
        assertThat(saved.resolve("1_Pooling/config.json")).content().contains("\"pooling_mode_lasttoken\" : true");
        assertThat(saved.resolve("tokenizer_config.json")).content().contains("<|endoftext|>");
    }

    @Test
    void aFolderThatNamesNoEndOfTextIsRefused() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
        assertThatThrownBy(() -> EosEncoder.open(folder, Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage("Neither " + folder.resolve("tokenizer_config.json")
                        + " names an eos_token that the tokenizer knows nor " + folder.resolve("config.json")
                        + " an eos_token_id; add one, a text's vector is read at that token.");
    }

    @Test
    void otherPoolingsOfADecoderAreRefused() throws IOException {
        Path saved = folder.resolve("saved");
        try (EosEncoder encoder = EosEncoder.open(folder, Device.CPU)) {
            encoder.save(saved);
        }
        Files.writeString(
                saved.resolve("1_Pooling/config.json"),
                "{\"word_embedding_dimension\": 24, \"pooling_mode_mean_tokens\": true}");
        assertThatThrownBy(() -> GradientEncoder.open(saved.toString(), Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage("The model " + saved + " is a decoder and its pooling is MEAN; supported is"
                        + " pooling_mode_lasttoken, since only the last token has read all others.");
    }

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
        return Arrays.stream(vector).map(x -> x / length).toArray();
    }

    private static void assertClose(float[] got, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i]).isCloseTo(expected[i], within(2e-5 * largest));
        }
    }
}
