package dev.sidereal.model.encoder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.Pooling;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.SmallJvm;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.TensorMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertTest {
    private static final List<long[]> TEXTS =
            List.of(new long[] {2, 7, 8, 9, 3}, new long[] {2, 11, 3}, new long[] {2, 3});

    @TempDir
    private Path folder;

    @Test
    void fillingUpDoesNotChangeATextsStates() {
        try (Bert bert = tiny();
                TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            for (Pooling pooling : Pooling.values()) {
                float[] together = pooled(bert, TEXTS, pooling);
                List<Float> alone = new ArrayList<>();
                for (long[] text : TEXTS) {
                    for (float number : pooled(bert, List.of(text), pooling)) {
                        alone.add(number);
                    }
                }
                assertClose(together, alone, 1e-5f);
            }
        }
    }

    @Test
    void poolingTakesTheFirstTheMeanOrTheLastRealToken() {
        try (TensorScope _ = new TensorScope()) {
            TokenBatch batch = TokenBatch.of(List.of(new long[] {5, 6, 7}, new long[] {5, 6}), 0, Device.CPU);
            Tensor states = Tensors.of(new float[] {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 99, 99}, 2, 3, 2);
            assertThat(batch.pool(Pooling.CLS, states).floats()).containsExactly(1, 2, 10, 20);
            assertThat(batch.pool(Pooling.MEAN, states).floats()).containsExactly(3, 4, 20, 30);
            assertThat(batch.pool(Pooling.LAST_TOKEN, states).floats()).containsExactly(5, 6, 30, 40);
        }
    }

    @Test
    void aCutKeepsTheFirstTokensAndTheMarkOfTheEnd() {
        try (TensorScope _ = new TensorScope()) {
            TokenBatch batch = TokenBatch.of(
                    List.of(new long[] {1, 5, 6, 7, 2}, new long[] {1, 8, 2}, new long[] {1, 2}), 0, Device.CPU);
            TokenBatch cut = batch.cut(3);
            assertThat(cut.ids().longs()).containsExactly(1, 5, 2, 1, 8, 2, 1, 2, 0);
            assertThat(requireNonNull(cut.mask()).bytes()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0);
            assertThat(batch.cut(5)).isSameAs(batch);
            TokenBatch full = TokenBatch.of(List.of(new long[] {1, 5, 6, 2}, new long[] {1, 7, 2}), 0, Device.CPU);
            assertThat(full.cut(3).ids().longs()).containsExactly(1, 5, 2, 1, 7, 2);
            assertThat(full.cut(3).mask()).isNull();
        }
    }

    @Test
    void trainingAndReadingComputeTheSame() {
        try (Bert bert = tiny();
                TensorScope _ = new TensorScope()) {
            float[] written = pooled(bert, TEXTS, Pooling.MEAN);
            try (NoGrad _ = new NoGrad()) {
                assertClose(pooled(bert, TEXTS, Pooling.MEAN), written, 1e-5f);
            }
        }
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        try (Bert single = tiny();
                Bert bert = Bert.load(
                        single.config(),
                        TensorMap.of("memory", single.parameters().stored()),
                        Device.CPU,
                        DType.F64);
                TensorScope _ = new TensorScope()) {
            loss(bert).backward();
            for (var parameter : bert.parameters().all().entrySet()) {
                Tensor gradient = parameter.getValue().grad();
                assertThat(gradient).as(parameter.getKey()).isNotNull();
                double[] claimed = requireNonNull(gradient).doubles();
                int at = new Random(parameter.getKey().hashCode()).nextInt(claimed.length);
                double up = moved(bert, parameter.getValue(), at, 1e-5);
                double down = moved(bert, parameter.getValue(), at, -1e-5);
                assertThat(claimed[at])
                        .as("%s[%d]", parameter.getKey(), at)
                        .isCloseTo((up - down) / 2e-5, within(1e-7));
            }
        }
    }

    private static double moved(Bert bert, Tensor parameter, int at, double by) {
        try (NoGrad _ = new NoGrad()) {
            Tensor number = parameter.reshape(-1).narrow(0, at, 1);
            double before = number.item();
            number.fillInPlace(before + by);
            double loss = loss(bert).item();
            number.fillInPlace(before);
            return loss;
        }
    }

    private static Tensor loss(Bert bert) {
        double[] weights = new Random(11).doubles(3 * 16).toArray();
        return vectors(bert, TEXTS, Pooling.MEAN)
                .mul(Tensors.of(weights, 3, 16))
                .sum();
    }

    @Test
    void allLayersAreGivenInOrder() {
        try (Bert bert = tiny();
                TensorScope _ = new TensorScope()) {
            List<Tensor> states = bert.states(TokenBatch.of(TEXTS, 0, Device.CPU));
            assertThat(states).hasSize(3).allSatisfy(s -> assertThat(s.shape()).containsExactly(3, 5, 16));
        }
    }

    @Test
    void xlmRobertaCountsPositionsFromBehindItsPadding() {
        BertConfig config = config(BertConfig.Family.BERT, 12, 0);
        BertConfig shifted = config(BertConfig.Family.XLM_ROBERTA, 14, 1);
        Torch.seed(4);
        try (Bert bert = Bert.random(config, Device.CPU);
                TensorScope _ = new TensorScope()) {
            List<StoredTensor> weights = new ArrayList<>(bert.parameters().stored());
            weights.removeIf(tensor -> tensor.name().equals(BertNames.POSITIONS));
            Tensor unused = Tensors.full(100, DType.F32, Device.CPU, 2, 16);
            Tensor positions = Tensors.cat(0, List.of(unused, bert.parameters().get(BertNames.POSITIONS)));
            weights.add(positions.detach().stored(BertNames.POSITIONS));
            try (Bert roberta = Bert.load(shifted, TensorMap.of("memory", weights), Device.CPU, DType.F32)) {
                assertThat(shifted.maxTokens()).isEqualTo(12);
                assertClose(pooled(roberta, TEXTS, Pooling.MEAN), pooled(bert, TEXTS, Pooling.MEAN), 1e-6f);
            }
        }
    }

    @Test
    void aSavedFolderOpensBitByBit() {
        try (Bert bert = tiny()) {
            bert.save(folder);
            try (Bert again = Bert.open(folder, Device.CPU)) {
                assertThat(again.config()).isEqualTo(bert.config());
                assertSameWeights(again, bert);
            }
        }
    }

    @Test
    void namesOfModelsWithAHeadAndOldNamesOfNormsAreUnderstood() {
        try (Bert bert = tiny()) {
            List<StoredTensor> old = bert.parameters().stored().stream()
                    .map(t -> renamed(
                            t,
                            "bert."
                                    + t.name()
                                            .replace("Norm.weight", "Norm.gamma")
                                            .replace("Norm.bias", "Norm.beta")))
                    .toList();
            try (Bert again = Bert.load(bert.config(), TensorMap.of("memory", old), Device.CPU, DType.F32)) {
                assertSameWeights(again, bert);
            }
        }
    }

    @Test
    void aShorterTypeStaysNearTheLongOne() {
        try (Bert bert = tiny();
                TensorScope _ = new TensorScope()) {
            Tensor exact = bert.states(TokenBatch.of(TEXTS, 0, Device.CPU)).getLast();
            Tensor rounded;
            try (Autocast _ = Autocast.bf16(Device.CPU)) {
                rounded = bert.states(TokenBatch.of(TEXTS, 0, Device.CPU)).getLast();
            }
            assertThat(rounded.to(DType.F32).floats()).isNotEqualTo(exact.floats());
            for (float cosine : Losses.cosine(exact, rounded.to(DType.F32)).floats()) {
                assertThat(cosine).isGreaterThan(0.999f);
            }
        }
    }

    @Test
    void thirtyTwoPairsAreLearned() {
        Torch.seed(1);
        try (Bert bert = Bert.random(config(BertConfig.Family.BERT, 12, 0), Device.CPU);
                AdamW optimiser = AdamW.of(bert.parameters(), 3e-3, 0.01)) {
            Random random = new Random(5);
            List<long[]> left = texts(random, 32);
            List<long[]> right = texts(random, 32);
            double loss = Double.NaN;
            for (int i = 0; i < 150; i++) {
                loss = step(bert, optimiser, left, right);
            }
            assertThat(loss).isLessThan(0.05);
        }
    }

    @Test
    @Tag("slow")
    void memoryStaysFlatOverTwoThousandTrainingSteps() {
        // A leak of one layer's states a step would come to 35 MB.
        assertThat(SmallJvm.growth(TwoThousandSteps.class)).isLessThan(16L << 20);
    }

    static final class TwoThousandSteps {
        private TwoThousandSteps() {}

        static void main() throws IOException {
            Torch.threads(1);
            Torch.seed(1);
            BertConfig config = new BertConfig(
                    BertConfig.Family.BERT, 500, 64, 2, 4, 128, 32, 2, 1e-12, Activation.GELU, 0.1, 0.1, 0);
            Random random = new Random(5);
            try (Bert bert = Bert.random(config, Device.CPU);
                    AdamW optimiser = AdamW.of(bert.parameters(), 1e-3, 0.01)) {
                SmallJvm.report(() -> step(bert, optimiser, texts(random, 4), texts(random, 4)));
            }
        }
    }

    @Test
    void aMissingTensorIsNamed() {
        try (Bert bert = tiny()) {
            List<StoredTensor> weights = new ArrayList<>(bert.parameters().stored());
            weights.removeIf(t -> t.name().equals("encoder.layer.1.output.dense.bias"));
            assertThatThrownBy(() -> Bert.load(bert.config(), TensorMap.of("memory", weights), Device.CPU, DType.F32))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("encoder.layer.1.output.dense.bias");
        }
    }

    @Test
    void aShapeOfAnotherConfigurationIsRefused() throws IOException {
        try (Bert bert = tiny()) {
            bert.save(folder);
        }
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\" : 20", "\"vocab_size\" : 30"));
        assertThatThrownBy(() -> Bert.open(folder, Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + ": the tensor embeddings.word_embeddings.weight has the shape [20, 16], expected "
                        + "[30, 16]; does its config.json belong to it?");
    }

    @Test
    void aTypeThatTheDeviceCannotComputeIsRefused() {
        try (Bert bert = tiny()) {
            TensorMap weights = TensorMap.of("memory", bert.parameters().stored());
            assertThatThrownBy(() -> Bert.load(bert.config(), weights, Device.CPU, DType.F16))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("Models cannot be computed in F16 on the device cpu; choose F32, BF16 or F64.");
        }
    }

    @Test
    void aTextLongerThanThePositionsIsRefused() {
        try (Bert bert = tiny();
                TensorScope _ = new TensorScope()) {
            TokenBatch batch = TokenBatch.of(List.of(new long[13]), 0, Device.CPU);
            assertThatThrownBy(() -> bert.states(batch))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("A text has 13 tokens, the encoder reads at most 12; cut it.");
        }
    }

    private static double step(Bert bert, AdamW optimiser, List<long[]> left, List<long[]> right) {
        try (TensorScope _ = new TensorScope()) {
            Tensor a = Norms.unit(vectors(bert, left, Pooling.MEAN));
            Tensor b = Norms.unit(vectors(bert, right, Pooling.MEAN));
            Tensor loss =
                    Losses.crossEntropy(a.matmul(b.transpose(0, 1)).div(0.05), Tensors.range(left.size(), Device.CPU));
            bert.parameters().clearGradients();
            loss.backward();
            bert.parameters().clipGradients(1);
            optimiser.step();
            return loss.item();
        }
    }

    private static List<long[]> texts(Random random, int count) {
        List<long[]> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(random.longs(3 + random.nextInt(7), 1, 20).toArray());
        }
        return texts;
    }

    private static float[] pooled(Bert bert, List<long[]> texts, Pooling pooling) {
        return vectors(bert, texts, pooling).floats();
    }

    private static Tensor vectors(Bert bert, List<long[]> texts, Pooling pooling) {
        TokenBatch batch = TokenBatch.of(texts, 0, Device.CPU);
        return batch.pool(pooling, bert.states(batch).getLast());
    }

    private static void assertSameWeights(Bert actual, Bert expected) {
        List<StoredTensor> weights = expected.parameters().stored();
        assertThat(actual.parameters().all()).hasSameSizeAs(weights);
        for (StoredTensor weight : weights) {
            StoredTensor same = actual.parameters().get(weight.name()).stored(weight.name());
            assertThat(same.shape()).isEqualTo(weight.shape());
            assertThat(same.data().mismatch(weight.data())).as(weight.name()).isEqualTo(-1);
        }
    }

    private static StoredTensor renamed(StoredTensor tensor, String name) {
        return new StoredTensor(name, tensor.type(), tensor.shape(), tensor.data());
    }

    private static void assertClose(float[] actual, List<Float> expected, float offset) {
        float[] array = new float[expected.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = expected.get(i);
        }
        assertClose(actual, array, offset);
    }

    private static void assertClose(float[] actual, float[] expected, float offset) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(offset));
        }
    }

    private static Bert tiny() {
        Torch.seed(3);
        return Bert.random(config(BertConfig.Family.BERT, 12, 0), Device.CPU);
    }

    private static BertConfig config(BertConfig.Family family, int positions, int padToken) {
        return new BertConfig(family, 20, 16, 2, 2, 32, positions, 1, 1e-12, Activation.GELU, 0, 0, padToken);
    }
}
