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
import dev.sidereal.model.tensor.SmallJvm;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit is below what the activations of these 2,000 steps or tokens would take, were they kept. */
@Tag("slow")
class FlatMemoryTest {
    private static final long LIMIT = 24L << 20;

    @ParameterizedTest
    @ValueSource(classes = {Training.class, Generating.class, Beams.class})
    void twoThousandRoundsLeaveNothingBehind(Class<?> program) {
        assertThat(SmallJvm.growth(program)).isLessThan(LIMIT);
    }

    /** Steps over 64 tokens in bf16. */
    static final class Training {
        public static void main(String[] args) throws IOException {
            Random random = new Random(1);
            try (TrainableDecoder decoder = random(64, 128, 200);
                    AdamW adam = AdamW.of(decoder.parameters(), 1e-3, 0.01)) {
                SmallJvm.report(() -> step(decoder, adam, random));
            }
        }

        private static void step(TrainableDecoder decoder, AdamW adam, Random random) {
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
    }

    /** One token after another, each the best of the vocabulary. */
    static final class Generating {
        private static int node = DecodeSession.ROOT;
        private static int token = 1;

        public static void main(String[] args) throws IOException {
            try (TrainableDecoder decoder = random(256, 1_024, 5_000);
                    TorchDecoder runtime = TorchDecoder.of(decoder, Edits.NONE);
                    DecodeSession session = runtime.open(4_100)) {
                SmallJvm.report(() -> {
                    node = session.feed(List.of(Branch.of(node, Input.of(token))))[0];
                    float[] scores = session.logits(0, 5_000);
                    token = IntStream.range(0, scores.length)
                            .reduce((a, b) -> scores[a] >= scores[b] ? a : b)
                            .orElseThrow();
                });
            }
        }
    }

    /** Thirty beams that are fed and forgotten. */
    static final class Beams {
        public static void main(String[] args) throws IOException {
            try (TrainableDecoder decoder = random(64, 128, 200);
                    TorchDecoder runtime = TorchDecoder.of(decoder, Edits.NONE);
                    DecodeSession session = runtime.open(200)) {
                int prompt = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3))))[0];
                List<Branch> beams = IntStream.range(0, 30)
                        .mapToObj(token -> Branch.of(prompt, Input.of(token)))
                        .toList();
                SmallJvm.report(() -> {
                    session.feed(beams);
                    session.logits(10, 20);
                    session.rewind(3);
                });
            }
        }
    }

    private static TrainableDecoder random(int hidden, int intermediate, int vocabulary) {
        var config = new DecoderConfig(
                hidden, 2, 4, 2, 32, intermediate, vocabulary, 4_100, 10_000, RopeScaling.NONE, 1e-6, true, true);
        return TrainableDecoder.random(config, DType.F32, Device.CPU);
    }
}
