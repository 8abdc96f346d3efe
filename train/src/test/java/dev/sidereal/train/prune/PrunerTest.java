package dev.sidereal.train.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Encoders;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.TinyFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrunerTest {
    private static final List<String> TEXTS = List.of("w1 w2 w3", "w4", "w5 w6 w7 w8 w9 w10", "w11 w3", "w40 w41 w42");
    /** Channels with something in them. */
    private static final Set<Integer> CHANNELS = Set.of(1, 2, 4, 5, 8, 9, 10, 11);

    private static final Set<Integer> NEURONS = Set.of(0, 3, 4, 7);
    private static final Offset<Float> NEAR = within(2e-5f);

    @TempDir
    private Path folder;

    @Test
    void whatIsZeroInABertIsCutWithoutAChange() {
        TinyFolders.write(folder, TinyFolders.bert(3, 12, 10), PrunerTest::emptied);
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU)) {
            Pruned pruned = Pruner.of(parent, PruneSettings.of(3, 8, 4)).prune(TEXTS);
            assertThat(pruned.channels()).containsExactly(1, 2, 4, 5, 8, 9, 10, 11);
            assertSameVectors(parent, pruned);
            assertThat(pruned.cosine().orElseThrow()).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void whatIsZeroInADecoderIsCutWithoutAChange() {
        TinyFolders.write(folder, TinyFolders.decoder(3, 12, 10), PrunerTest::emptied);
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU)) {
            Pruned pruned = Pruner.of(parent, PruneSettings.of(3, 8, 4)).prune(TEXTS);
            assertThat(pruned.channels()).containsExactly(1, 2, 4, 5, 8, 9, 10, 11);
            assertSameVectors(parent, pruned);
        }
    }

    @Test
    void withoutRescaledGainsKeptChannelsChangeTheirSize() {
        TinyFolders.write(folder, TinyFolders.decoder(1, 12, 10), PrunerTest::emptied);
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU);
                GradientEncoder scaled = Pruner.of(parent, PruneSettings.of(1, 8, 10))
                        .prune(TEXTS)
                        .encoder();
                GradientEncoder bare = Pruner.of(
                                parent, PruneSettings.of(1, 8, 10).withoutRescaling())
                        .prune(TEXTS)
                        .encoder()) {
            float before = parent.parameters().get("model.norm.weight").floats()[1];
            assertThat(bare.parameters().get("model.norm.weight").floats()[0]).isEqualTo(before);
            // Twelve channels, of which eight hold all there is: sqrt(12 / 8).
            assertThat(scaled.parameters().get("model.norm.weight").floats()[0] / before)
                    .isCloseTo(1.2247449f, within(1e-4f));
        }
    }

    @Test
    void theFirstLayersStayBitByBit() {
        TinyFolders.write(folder, TinyFolders.bert(3, 12, 10), _ -> {});
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU)) {
            Pruned pruned = Pruner.of(parent, PruneSettings.of(2, 12, 10)).prune(List.of());
            assertThat(pruned.cosine()).isEmpty();
            Parameters kept = pruned.encoder().parameters();
            assertThat(kept.all().keySet()).noneMatch(name -> name.contains("layer.2."));
            kept.all()
                    .forEach((name, tensor) -> assertThat(tensor.bytes())
                            .isEqualTo(parent.parameters().get(name).bytes()));
            assertThat(pruned.parametersBefore() - pruned.parametersAfter())
                    .isEqualTo(4 * (12 * 12 + 12) + 2 * 12 * 10 + 10 + 12 + 4 * 12);
            pruned.encoder().close();
        }
    }

    @Test
    void theFirstChannelsCanBeForced() {
        TinyFolders.write(folder, TinyFolders.decoder(2, 12, 10), PrunerTest::emptied);
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU)) {
            Pruned pruned =
                    Pruner.of(parent, PruneSettings.of(2, 8, 4).withPrefix(4)).prune(TEXTS);
            assertThat(pruned.channels()).hasSize(8).startsWith(0, 1, 2, 3);
            assertThat(CHANNELS).containsAll(pruned.channels().subList(4, 8));
            pruned.encoder().close();
        }
    }

    @Test
    void numbersOfParametersAreThoseOfThePaper() {
        DecoderConfig parent = new DecoderConfig(
                1024,
                28,
                16,
                8,
                128,
                3072,
                151_936,
                32_768,
                1e6,
                dev.sidereal.model.decode.RopeScaling.NONE,
                1e-6,
                true,
                true);
        assertThat(parent.withSize(8, 320, 2048).parameters()).isEqualTo(80_084_288);
        assertThat(parent.withSize(9, 640, 1536).parameters()).isEqualTo(159_185_024);
        assertThat(parent.withSize(16, 896, 2560).parameters()).isEqualTo(334_349_184);
    }

    @Test
    void aPrunedEncoderIsServedFromItsFolder() {
        Path to = folder.resolve("small");
        TinyFolders.write(folder, TinyFolders.bert(3, 12, 10), _ -> {});
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU);
                GradientEncoder small = Pruner.of(parent, PruneSettings.of(2, 8, 7))
                        .prune(TEXTS)
                        .encoder()) {
            small.save(to);
            float[][] expected = small.encode(Role.DOCUMENT, TEXTS).vectors();
            try (Encoder served = Encoders.open(to.toString());
                    TrainableEncoder again = TrainableEncoder.open(to.toString(), Device.CPU)) {
                float[][] vectors = served.encode(Role.DOCUMENT, TEXTS).vectors();
                for (int text = 0; text < vectors.length; text++) {
                    assertThat(vectors[text]).containsExactly(expected[text], NEAR);
                }
                assertThat(again.encode(Role.DOCUMENT, TEXTS).vectors()).isDeepEqualTo(expected);
                assertThat(again.model().config()).isEqualTo(TinyFolders.bert(2, 8, 7));
            }
        }
        assertThat(to.resolve("onnx/model.onnx")).exists();
    }

    @Test
    void aPrunedDecoderIsServedFromItsFolder() {
        Path to = folder.resolve("small");
        TinyFolders.write(folder, TinyFolders.decoder(3, 12, 10), _ -> {});
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU);
                GradientEncoder small = Pruner.of(parent, PruneSettings.of(2, 9, 7))
                        .prune(TEXTS)
                        .encoder()) {
            small.save(to);
            try (Encoder served = Encoders.open(to.toString())) {
                assertThat(served.encode(Role.DOCUMENT, TEXTS).vectors())
                        .isDeepEqualTo(small.encode(Role.DOCUMENT, TEXTS).vectors());
            }
        }
        assertThat(Files.exists(to.resolve("model.safetensors"))).isTrue();
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        TinyFolders.write(folder, TinyFolders.bert(3, 12, 10), _ -> {});
        try (GradientEncoder parent = GradientEncoder.open(folder.toString(), Device.CPU)) {
            assertThatThrownBy(
                            () -> Pruner.of(parent, PruneSettings.of(4, 12, 10)).prune(TEXTS))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The model has 3 layers, 12 hidden channels and 10 neurons a layer, pruning cannot"
                            + " keep 4, 12 and 10; ask for no more than there is.");
            assertThatThrownBy(
                            () -> Pruner.of(parent, PruneSettings.of(3, 10, 10)).prune(TEXTS))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The heads of this model have 4 dimensions and only whole ones go, so its hidden size"
                            + " must be a multiple of 4, got 10.");
            assertThatThrownBy(
                            () -> Pruner.of(parent, PruneSettings.of(3, 8, 10)).prune(List.of()))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("Channels and neurons are chosen by what they give for calibration texts, and there"
                            + " are none; give some, or keep 12 channels and 10 neurons.");
        }
        assertThatThrownBy(() -> PruneSettings.of(0, 8, 4))
                .isInstanceOf(BadConfig.class)
                .hasMessage("Pruning keeps at least 1 layer, 1 hidden channel and 1 neuron, and a prefix from 0 to all"
                        + " channels it keeps, got 0, 8, 4 and 0.");
    }

    private static void assertSameVectors(GradientEncoder parent, Pruned pruned) {
        try (GradientEncoder small = pruned.encoder();
                TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            float[] whole = parent.pooled(parent.tokenize(Role.DOCUMENT, TEXTS)).floats();
            float[] cut = small.pooled(small.tokenize(Role.DOCUMENT, TEXTS)).floats();
            int width = pruned.channels().size();
            for (int text = 0; text < TEXTS.size(); text++) {
                for (int i = 0; i < width; i++) {
                    float expected =
                            whole[text * parent.dims() + pruned.channels().get(i)];
                    assertThat(cut[text * width + i]).isCloseTo(expected, NEAR);
                }
            }
            assertThat(small.parameters().count()).isEqualTo(pruned.parametersAfter());
        }
    }

    /** Leaves channels, neurons and one head of each layer without anything to say, and no norm any mean to take off. */
    private static void emptied(Bert bert) {
        BertConfig config = bert.config();
        int hidden = config.hidden();
        bert.parameters().all().forEach((name, parameter) -> {
            float[][] rows = rows(parameter, 1);
            int columns = rows[0].length;
            if (name.contains("_embeddings.")) {
                for (float[] row : rows) {
                    keep(row, CHANNELS);
                    centre(row);
                }
            } else if (name.contains("LayerNorm.weight")) {
                IntStream.range(0, hidden).forEach(c -> rows[c][0] = CHANNELS.contains(c) ? 1.3f : 0);
            } else if (name.contains("attention.self.value")) {
                // The first head of even layers, the second of odd ones.
                int first = name.contains("layer.1.") ? 4 : 0;
                IntStream.range(first, first + 4).forEach(c -> rows[c] = new float[columns]);
            } else if (name.contains(".intermediate.dense.")) {
                IntStream.range(0, rows.length)
                        .filter(n -> !NEURONS.contains(n))
                        .forEach(n -> rows[n] = new float[columns]);
            } else if (name.contains("output.") || name.contains("LayerNorm.bias")) {
                for (int column = 0; column < columns; column++) {
                    float[] read = new float[hidden];
                    for (int c = 0; c < hidden; c++) {
                        read[c] = rows[c][column];
                    }
                    keep(read, CHANNELS);
                    centre(read);
                    for (int c = 0; c < hidden; c++) {
                        rows[c][column] = read[c];
                    }
                }
            }
            write(parameter, rows);
        });
    }

    private static void emptied(TrainableDecoder decoder) {
        decoder.parameters().all().forEach((name, parameter) -> {
            float[][] rows = rows(parameter, 30);
            int columns = rows[0].length;
            if (name.contains("embed_tokens")) {
                for (float[] row : rows) {
                    keep(row, CHANNELS);
                }
            } else if (name.contains("o_proj") || name.contains("down_proj")) {
                IntStream.range(0, rows.length)
                        .filter(c -> !CHANNELS.contains(c))
                        .forEach(c -> rows[c] = new float[columns]);
            } else if (name.contains("gate_proj")) {
                IntStream.range(0, rows.length)
                        .filter(n -> !NEURONS.contains(n))
                        .forEach(n -> rows[n] = new float[columns]);
            }
            write(parameter, rows);
        });
    }

    /** Random numbers large enough for a mistake to show; a vector has rows of one number. */
    private static float[][] rows(Tensor parameter, int seed) {
        Random random = new Random(parameter.count() + seed);
        int columns = parameter.rank() == 2 ? parameter.size(1) : 1;
        float[][] rows = new float[parameter.size(0)][columns];
        for (float[] row : rows) {
            for (int c = 0; c < columns; c++) {
                row[c] = (float) (parameter.rank() == 2 ? .5 * random.nextGaussian() : .5 + random.nextDouble());
            }
        }
        return rows;
    }

    private static void keep(float[] channels, Set<Integer> kept) {
        IntStream.range(0, channels.length).filter(c -> !kept.contains(c)).forEach(c -> channels[c] = 0);
    }

    private static void centre(float[] channels) {
        float mean = 0;
        for (float value : channels) {
            mean += value / CHANNELS.size();
        }
        for (int c : CHANNELS) {
            channels[c] -= mean;
        }
    }

    private static void write(Tensor parameter, float[][] rows) {
        float[] flat = new float[(int) parameter.count()];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[row].length, rows[row].length);
        }
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            parameter.copyInPlace(Tensors.of(flat, parameter.shape()));
        }
    }
}
