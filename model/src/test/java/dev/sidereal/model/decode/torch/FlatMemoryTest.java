package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.ResidentMemory;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limit is below what the activations of all these steps or tokens would take, were they kept. */
@Tag("slow")
class FlatMemoryTest {
    private static final DecoderConfig CONFIG =
            new DecoderConfig(64, 2, 4, 2, 16, 128, 200, 2_100, 10_000, RopeScaling.NONE, 1e-6, true, true);
    private static final DecoderConfig WIDER =
            new DecoderConfig(256, 2, 4, 2, 64, 1_024, 5_000, 2_100, 10_000, RopeScaling.NONE, 1e-6, true, true);
    private static final long LIMIT = 24L << 20;

    /** Uses the Java heap's new regions once, so that they count as held from the start. */
    @BeforeEach
    void touchHeap() {
        long sum = 0;
        for (int i = 0; i < 1_500; i++) {
            sum += new byte[1 << 18].length + new byte[1 << 18].length;
        }
        assertThat(sum).isPositive();
        System.gc();
    }

    @Test
    void trainingStepsLeaveNothingBehind() {
        Random random = new Random(1);
        try (TrainableDecoder decoder = TrainableDecoder.random(CONFIG, DType.F32, Device.CPU);
                AdamW adam = AdamW.of(decoder.parameters(), 1e-3, 0.01)) {
            long before = 0;
            for (int step = 0; step < 2_200; step++) {
                if (step == 200) {
                    before = ResidentMemory.bytes();
                }
                try (TensorScope _ = new TensorScope()) {
                    decoder.parameters().clearGradients();
                    Tensor tokens = Tensors.of(random.ints(4 * 17, 0, 200).toArray(), 4, 17);
                    Tensor hidden;
                    try (Autocast _ = Autocast.bf16(Device.CPU)) {
                        hidden = decoder.hidden(decoder.embed(tokens.narrow(1, 0, 16)), AttentionMask.causal());
                    }
                    Tensor targets = tokens.narrow(1, 1, 16).reshape(-1);
                    Losses.crossEntropy(decoder.logits(hidden).reshape(64, -1), targets)
                            .backward();
                    adam.step();
                }
            }
            assertThat(ResidentMemory.bytes() - before).isLessThan(LIMIT);
        }
    }

    @Test
    void generatedTokensLeaveNothingBehind() {
        try (TrainableDecoder decoder = TrainableDecoder.random(WIDER, DType.F32, Device.CPU);
                TorchDecoder runtime = TorchDecoder.of(decoder, Edits.NONE);
                DecodeSession session = runtime.open(2_100)) {
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(1))))[0];
            long before = 0;
            for (int i = 0; i < 2_050; i++) {
                if (i == 50) {
                    before = ResidentMemory.bytes();
                }
                float[] scores = session.logits(0, WIDER.vocabulary());
                node = session.feed(List.of(Branch.of(node, Input.of(argmax(scores)))))[0];
            }
            assertThat(ResidentMemory.bytes() - before).isLessThan(LIMIT);
        }
    }

    @Test
    void beamsThatAreRewoundLeaveNothingBehind() {
        try (TrainableDecoder decoder = TrainableDecoder.random(WIDER, DType.F32, Device.CPU);
                TorchDecoder runtime = TorchDecoder.of(decoder, Edits.NONE);
                DecodeSession session = runtime.open(200)) {
            int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3))))[0];
            List<Branch> beams = java.util.stream.IntStream.range(0, 30)
                    .mapToObj(token -> Branch.of(node, Input.of(token)))
                    .toList();
            long before = 0;
            for (int i = 0; i < 2_200; i++) {
                if (i == 200) {
                    before = ResidentMemory.bytes();
                }
                session.feed(beams);
                assertThat(session.logits(10, 20)).hasSize(300);
                session.rewind(3);
            }
            assertThat(ResidentMemory.bytes() - before).isLessThan(LIMIT);
        }
    }

    private static int argmax(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
