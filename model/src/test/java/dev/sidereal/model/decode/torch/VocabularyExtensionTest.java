package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.NaiveDecoder;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.TinyConfig;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.Checkpoint;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyExtensionTest {
    private static final int ADDED = 5;

    /** With one tied and one untied table; the last two tokens are new in a vocabulary extended by 5. */
    @ParameterizedTest
    @EnumSource(names = {"LLAMA", "QWEN3"})
    void trainingMovesNewRowsAndLeavesEveryBitOfTheOldOnes(TinyConfig tiny, @TempDir Path folder) {
        DecoderConfig config = tiny.config();
        int old = config.vocabulary();
        try (TrainableDecoder decoder = open(tiny)) {
            decoder.extendVocabulary(ADDED, 0.02);
            assertThat(decoder.config().vocabulary()).isEqualTo(old + ADDED);
            float[] fresh = rows(decoder, old, old + ADDED);
            train(decoder, old);
            decoder.save(folder);
            assertThat(rows(decoder, old, old + ADDED)).isNotEqualTo(fresh);
        }
        try (Checkpoint saved = Checkpoint.open(folder)) {
            for (String table :
                    config.tied() ? List.of("model.embed_tokens") : List.of("model.embed_tokens", "lm_head")) {
                byte[] before = RandomWeights.of(config, 1)
                        .tensor(table + ".weight")
                        .data()
                        .toArray(ValueLayout.JAVA_BYTE);
                assertThat(saved.tensor(table + ".weight").data().toArray(ValueLayout.JAVA_BYTE))
                        .startsWith(before)
                        .hasSize(before.length + 4 * ADDED * config.hidden());
            }
            assertThat(saved.tensor("model.norm.weight").data().toArray(ValueLayout.JAVA_BYTE))
                    .as("what was not frozen")
                    .isNotEqualTo(RandomWeights.of(config, 1)
                            .tensor("model.norm.weight")
                            .data()
                            .toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void withTheBodyFrozenOnlyNewRowsAreInTheOptimiser() {
        TinyConfig tiny = TinyConfig.QWEN3;
        try (TrainableDecoder decoder = open(tiny)) {
            decoder.extendVocabulary(ADDED, 0.02);
            decoder.parameters().freeze(name -> !name.equals("model.embed_tokens.added.weight"));
            try (AdamW adam = AdamW.of(decoder.parameters(), 0.01, 0.1)) {
                assertThat(adam.stored())
                        .extracting(s -> s.name() + s.shape())
                        .containsExactlyInAnyOrder(
                                "steps[1]",
                                "model.embed_tokens.added.weight.mean[5, 24]",
                                "model.embed_tokens.added.weight.square[5, 24]");
            }
            assertThat(decoder.parameters().trained()).isEqualTo(ADDED * 24L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExtendedDecoderScoresAsOneWithTheWholeTable(TinyConfig tiny, @TempDir Path folder) {
        int old = tiny.config().vocabulary();
        int[] tokens = {3, old + 2, 1, old};
        try (TrainableDecoder decoder = open(tiny)) {
            decoder.extendVocabulary(3, 0.5);
            decoder.extendVocabulary(2, 0.5);
            decoder.save(folder);
            DecoderConfig config = decoder.config();
            NaiveDecoder.Result expected;
            try (WeightSource saved = Checkpoint.open(folder)) {
                expected = new NaiveDecoder(config, saved).run(tokens);
            }
            try (TorchDecoder runtime = TorchDecoder.of(decoder, Edits.NONE);
                    DecodeSession session = runtime.open(10)) {
                session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(tokens))));
                double[] last = expected.lastLogits();
                assertScores(session.logits(0, config.vocabulary()), last);
                assertScores(session.logits(old - 2, old + 2), Arrays.copyOfRange(last, old - 2, old + 2));
                assertScores(session.logits(old + 1, old + 4), Arrays.copyOfRange(last, old + 1, old + 4));
                assertScores(session.logits(1, 4), Arrays.copyOfRange(last, 1, 4));
            }
            try (TensorScope _ = new TensorScope()) {
                Tensor hidden = decoder.hidden(decoder.embed(Tensors.of(tokens, 1, 4)), AttentionMask.causal());
                assertScores(decoder.logits(hidden).select(1, 3).floats(), expected.lastLogits());
            }
        }
    }

    @Test
    void newRowsStartNearTheMeanOfTheOthers() {
        TinyConfig tiny = TinyConfig.QWEN3;
        int old = tiny.config().vocabulary();
        try (TrainableDecoder decoder = open(tiny)) {
            decoder.extendVocabulary(ADDED, 0);
            float[] table = rows(decoder, 0, old);
            float[] fresh = rows(decoder, old, old + 1);
            for (int i = 0; i < fresh.length; i++) {
                double mean = 0;
                for (int row = 0; row < old; row++) {
                    mean += table[row * fresh.length + i] / (double) old;
                }
                assertThat((double) fresh[i]).isCloseTo(mean, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void savedAndLoadedEveryBitIsTheSame(TinyConfig tiny, @TempDir Path folder) {
        for (DType type : List.of(DType.F32, DType.BF16)) {
            StoredType stored = type.stored();
            Path first = folder.resolve(type + "-1");
            Path second = folder.resolve(type + "-2");
            try (TrainableDecoder decoder = TrainableDecoder.load(
                    tiny.config(), RandomWeights.of(tiny.config(), 1, stored), type, Device.CPU)) {
                decoder.save(first);
            }
            try (TrainableDecoder decoder = TrainableDecoder.load(first, type, Device.CPU)) {
                assertThat(decoder.config()).isEqualTo(tiny.config());
                decoder.save(second);
            }
            try (Checkpoint weights = Checkpoint.open(second)) {
                RandomWeights expected = RandomWeights.of(tiny.config(), 1, stored);
                assertThat(weights.names()).containsExactlyInAnyOrderElementsOf(expected.names());
                for (String name : expected.names()) {
                    assertThat(weights.tensor(name).type()).isEqualTo(stored);
                    assertThat(weights.tensor(name)
                                    .data()
                                    .mismatch(expected.tensor(name).data()))
                            .as(name)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void nothingToAddIsASentence() {
        try (TrainableDecoder decoder = open(TinyConfig.QWEN3)) {
            assertThatThrownBy(() -> decoder.extendVocabulary(0, 0.02))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage(
                            "A vocabulary is extended by at least 1 token and noise of at least 0, got 0 and 0.02.");
        }
    }

    private static void train(TrainableDecoder decoder, int firstNew) {
        Parameters parameters = decoder.parameters();
        try (AdamW adam = AdamW.of(parameters, 0.01, 0.1)) {
            for (int step = 0; step < 20; step++) {
                try (TensorScope _ = new TensorScope()) {
                    parameters.clearGradients();
                    Tensor tokens = Tensors.of(new int[] {3, firstNew, 4, firstNew + 4, 1}, 1, 5);
                    Tensor hidden = decoder.hidden(decoder.embed(tokens), AttentionMask.causal());
                    long[] next = {firstNew, 4, firstNew + 4, 1, firstNew + 2};
                    Losses.crossEntropy(decoder.logits(hidden).reshape(5, -1), Tensors.of(next, 5))
                            .backward();
                    adam.step();
                }
            }
        }
    }

    private static float[] rows(TrainableDecoder decoder, int from, int to) {
        int[] tokens = new int[to - from];
        Arrays.setAll(tokens, i -> from + i);
        try (TensorScope _ = new TensorScope()) {
            return decoder.embed(Tensors.of(tokens, 1, tokens.length)).floats();
        }
    }

    private static void assertScores(float[] got, double[] expected) {
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static TrainableDecoder open(TinyConfig tiny) {
        return TrainableDecoder.load(tiny.config(), RandomWeights.of(tiny.config(), 1), DType.F32, Device.CPU);
    }
}
