package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.NaiveDecoder;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.TinyConfig;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainableDecoderTest {
    /** Two sequences, the second of 3 tokens. */
    private static final int[][] SEQUENCES = {{3, 1, 4, 1, 5, 9}, {2, 6, 5}};

    private static final int[] PADDED = {3, 1, 4, 1, 5, 9, 2, 6, 5, 7, 7, 7};

    @ParameterizedTest
    @EnumSource
    void everyLayerOfAPaddedBatchIsAsTheDefinitionSays(TinyConfig tiny) {
        for (boolean causal : new boolean[] {true, false}) {
            var naive = new NaiveDecoder(tiny.config(), weights(tiny));
            try (TrainableDecoder decoder = load(tiny, DType.F32);
                    TensorScope _ = new TensorScope()) {
                Tensor embedded = decoder.embed(Tensors.of(PADDED, 2, 6));
                AttentionMask mask = mask(causal);
                List<Tensor> states =
                        decoder.states(embedded, mask, tiny.config().layers());
                Tensor hidden = decoder.hidden(embedded, mask);
                Tensor logits = decoder.logits(hidden);
                for (int i = 0; i < SEQUENCES.length; i++) {
                    NaiveDecoder.Result expected =
                            naive.run(causal, Branch.of(DecodeSession.ROOT, Input.of(SEQUENCES[i])));
                    for (int layer = 0; layer < states.size(); layer++) {
                        assertClose(states.get(layer).select(0, i), expected.states()[layer]);
                    }
                    assertClose(hidden.select(0, i), expected.hidden());
                    assertClose(logits.select(0, i), expected.logits());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreThoseOfFiniteDifferences(TinyConfig tiny) {
        Random random = new Random(1);
        try (TrainableDecoder decoder = load(tiny, DType.F64)) {
            try (TensorScope _ = new TensorScope()) {
                loss(decoder).backward();
            }
            decoder.parameters().all().forEach((name, parameter) -> {
                for (int i = 0; i < 3; i++) {
                    int at = name.contains("embed_tokens")
                            ? PADDED[i] * tiny.config().hidden()
                                    + random.nextInt(tiny.config().hidden())
                            : random.nextInt((int) parameter.count());
                    double expected = slope(decoder, parameter, at);
                    double got;
                    try (TensorScope _ = new TensorScope()) {
                        got = grad(parameter).reshape(-1).select(0, at).item();
                    }
                    assertThat(got)
                            .as("%s[%d]", name, at)
                            .isCloseTo(expected, within(1e-6 + 1e-4 * Math.abs(expected)));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void underAutocastScoresAndGradientsAreNearlyThoseInFull(TinyConfig tiny) {
        try (TrainableDecoder decoder = load(tiny, DType.F32);
                TensorScope _ = new TensorScope()) {
            Tensor full = loss(decoder);
            full.backward();
            Tensor query = decoder.parameters().get("model.layers.0.self_attn.q_proj.weight");
            double[] expected = grad(query).doubles();
            decoder.parameters().clearGradients();
            Tensor shortened;
            try (Autocast _ = Autocast.bf16(Device.CPU)) {
                shortened = loss(decoder);
            }
            shortened.backward();
            assertThat(shortened.item()).isNotEqualTo(full.item()).isCloseTo(full.item(), within(0.05));
            assertThat(cosine(grad(query).doubles(), expected)).isGreaterThan(0.99);
        }
    }

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return dot / Math.sqrt(squareA * squareB);
    }

    @Test
    void itLearnsASequenceByHeart() {
        DecoderConfig config = TinyConfig.QWEN3.config();
        try (TrainableDecoder decoder = TrainableDecoder.random(config, DType.F32, Device.CPU);
                var adam = dev.sidereal.model.tensor.AdamW.of(decoder.parameters(), 0.01, 0)) {
            double last = Double.MAX_VALUE;
            for (int step = 0; step < 60; step++) {
                try (TensorScope _ = new TensorScope()) {
                    decoder.parameters().clearGradients();
                    Tensor loss = loss(decoder);
                    loss.backward();
                    adam.step();
                    last = loss.item();
                }
            }
            assertThat(last).isLessThan(0.1);
        }
    }

    @Test
    void namesWithoutTheLeadingModelAreUnderstood() {
        TinyConfig tiny = TinyConfig.QWEN3;
        try (TrainableDecoder decoder =
                        TrainableDecoder.load(tiny.config(), new Bare(weights(tiny)), DType.F32, Device.CPU);
                TrainableDecoder same = load(tiny, DType.F32)) {
            same.parameters()
                    .all()
                    .forEach((name, tensor) ->
                            assertThat(decoder.parameters().get(name).bytes()).isEqualTo(tensor.bytes()));
        }
    }

    @Test
    void weightsOfAnotherShapeAreASentence() {
        DecoderConfig config = TinyConfig.QWEN3.config().withVocabulary(99);
        assertThatThrownBy(() -> TrainableDecoder.load(config, weights(TinyConfig.QWEN3), DType.F32, Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage("random weights: the tensor model.embed_tokens.weight has the shape [53, 24], expected"
                        + " [99, 24]; does its config.json belong to it?");
    }

    @Test
    void aSequenceLongerThanTheModelReadsIsASentence() {
        try (TrainableDecoder decoder = load(TinyConfig.QWEN3, DType.F32);
                TensorScope _ = new TensorScope()) {
            Tensor embedded = decoder.embed(Tensors.of(new int[65], 1, 65));
            assertThatThrownBy(() -> decoder.hidden(embedded, AttentionMask.causal()))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A sequence has 65 positions, the model reads at most 64; shorten it.");
        }
    }

    private static double slope(TrainableDecoder decoder, Tensor parameter, int at) {
        double step = 1e-5;
        double[] around = new double[2];
        for (int i = 0; i < 2; i++) {
            nudge(parameter, at, i == 0 ? step : -2 * step);
            try (TensorScope _ = new TensorScope();
                    NoGrad _ = new NoGrad()) {
                around[i] = loss(decoder).item();
            }
        }
        nudge(parameter, at, step);
        return (around[0] - around[1]) / (2 * step);
    }

    private static void nudge(Tensor parameter, int at, double by) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Tensor place = parameter.reshape(-1).select(0, at);
            place.copyInPlace(place.add(by));
        }
    }

    /** Cross-entropy of the next tokens of both sequences. */
    private static Tensor loss(TrainableDecoder decoder) {
        Tensor tokens = Tensors.of(PADDED, 2, 6);
        Tensor hidden = decoder.hidden(decoder.embed(tokens.narrow(1, 0, 5)), AttentionMask.causal());
        long none = Losses.IGNORED;
        long[] targets = {1, 4, 1, 5, 9, 6, 5, none, none, none};
        return Losses.crossEntropy(decoder.logits(hidden).reshape(10, -1), Tensors.of(targets, 10));
    }

    private static AttentionMask mask(boolean causal) {
        byte[] real = new byte[12];
        for (int i = 0; i < real.length; i++) {
            real[i] = (byte) (i < 9 ? 1 : 0);
        }
        Tensor padding = Tensors.of(real, 2, 6).to(DType.BOOL);
        return (causal ? AttentionMask.causal() : AttentionMask.bidirectional()).padded(padding);
    }

    private static TrainableDecoder load(TinyConfig tiny, DType type) {
        return TrainableDecoder.load(tiny.config(), weights(tiny), type, Device.CPU);
    }

    private static RandomWeights weights(TinyConfig tiny) {
        return RandomWeights.of(tiny.config(), 1);
    }

    private static Tensor grad(Tensor parameter) {
        return java.util.Objects.requireNonNull(parameter.grad());
    }

    /** The first rows of a sequence's positions, the rest being padding. */
    private static void assertClose(Tensor got, double[][] expected) {
        double[] flat = got.doubles();
        int width = expected[0].length;
        double largest = 0;
        double worst = 0;
        for (int t = 0; t < expected.length; t++) {
            for (int i = 0; i < width; i++) {
                largest = Math.max(largest, Math.abs(expected[t][i]));
                double difference = Math.abs(flat[t * width + i] - expected[t][i]);
                worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
            }
        }
        assertThat(worst / largest).isLessThan(1e-5);
    }
}
