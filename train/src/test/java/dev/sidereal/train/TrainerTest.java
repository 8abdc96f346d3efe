package dev.sidereal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.loss.DebiasedInfoNce;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.Matryoshka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final Schedule.Settings BATCHES = new Schedule.Settings(16, 2, 1, 1);
    private static final Loss LOSS = LossSum.of(InfoNce.inBatch(.05), HardInfoNce.of(.05));
    private static final Dataset WORDS = TrainingSamples.words(32, 2);

    @TempDir
    private Path folder;

    private static Trainer trainer(Embedder model, TrainerSettings settings) {
        return Trainer.of(model, List.of(new Course(WORDS, LOSS)), BATCHES, settings);
    }

    @Test
    void thirtyTwoExamplesAreLearntByHeart() {
        List<StepReport> steps = new ArrayList<>();
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            TrainingResult result =
                    trainer(model, TrainerSettings.of(300, 3e-3)).train(folder, steps::add);
            assertThat(result.stop()).isEqualTo(Stop.DONE);
            // Below 1 where another row's hard negative, which no loss showed it, stands above.
            assertThat(new RetrievalNdcg(WORDS).of(model)).isGreaterThan(.95);
        }
        assertThat(steps).hasSize(300);
        assertThat(steps.getFirst().loss()).isGreaterThan(2);
        assertThat(steps.getFirst().idleRows()).hasValue(0);
        assertThat(steps.getLast().loss()).isLessThan(.01);
        assertThat(steps.getLast().idleRows().orElseThrow()).isGreaterThan(.5);
        assertThat(steps.getLast().learningRate()).isLessThan(1e-6);
    }

    @Test
    void aKilledRunGoesOnBitByBit() {
        TrainerSettings settings =
                new TrainerSettings(9, new LearningRate(1e-3, 1e-7, 2), .01, .9, .98, 1, 2, 8, true, 4, 2, 7);
        Map<String, byte[]> straight;
        try (TinyEmbedder model = TinyEmbedder.of(.1)) {
            measured(model, settings).train(folder.resolve("straight"), _ -> {});
            straight = bytes(model.parameters());
        }
        try (TinyEmbedder model = TinyEmbedder.of(.1)) {
            assertThatThrownBy(() -> measured(model, settings).train(folder.resolve("killed"), step -> {
                        if (step.step() == 6) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
        }
        List<Long> steps = new ArrayList<>();
        try (TinyEmbedder model = TinyEmbedder.of(.1)) {
            measured(model, settings).train(folder.resolve("killed"), step -> steps.add(step.step()));
            assertThat(bytes(model.parameters())).usingRecursiveComparison().isEqualTo(straight);
        }
        // The last snapshot before the kill was that of step 4.
        assertThat(steps).containsExactly(5L, 6L, 7L, 8L, 9L);
    }

    /** A measure that grows with training, so that late parameters are kept. */
    private static Trainer measured(Embedder model, TrainerSettings settings) {
        return Trainer.of(model, List.of(new Course(WORDS, LOSS)), BATCHES, settings, new DevMeasure() {
            @Override
            public String name() {
                return "distance";
            }

            @Override
            public double of(Embedder embedder) {
                try (NoGrad _ = new NoGrad()) {
                    Tensor norm = embedder.parameters().get("embeddings.LayerNorm.weight");
                    return norm.sub(norm.detach().copy().mul(0).add(1))
                            .abs()
                            .sum()
                            .item();
                }
            }
        });
    }

    private static Map<String, byte[]> bytes(Parameters parameters) {
        Map<String, byte[]> bytes = new TreeMap<>();
        parameters.all().forEach((name, tensor) -> bytes.put(name, tensor.bytes()));
        return bytes;
    }

    @Test
    void theParametersThatMeasuredBestAreKept() {
        double[] measures = {.1, .5, .9, .4, .3};
        List<byte[]> seen = new ArrayList<>();
        DevMeasure dev = new DevMeasure() {
            @Override
            public String name() {
                return "given";
            }

            @Override
            public double of(Embedder embedder) {
                seen.add(
                        embedder.parameters().get("embeddings.LayerNorm.weight").bytes());
                return measures[seen.size() - 1];
            }
        };
        TrainerSettings settings =
                new TrainerSettings(4, new LearningRate(1e-3, 0, 0), 0, .9, .98, 1, 1, 64, false, 1, 4, 0);
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            TrainingResult result = Trainer.of(model, List.of(new Course(WORDS, LOSS)), BATCHES, settings, dev)
                    .train(folder, _ -> {});
            assertThat(result.best()).hasValue(.9);
            assertThat(model.parameters().get("embeddings.LayerNorm.weight").bytes())
                    .isEqualTo(seen.get(2))
                    .isNotEqualTo(seen.get(4));
        }
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunBeforeItsStep() {
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            Loss broken = new BrokenLoss();
            Map<String, byte[]> before = bytes(model.parameters());
            TrainingResult result = Trainer.of(
                            model,
                            List.of(new Course(WORDS, broken)),
                            BATCHES,
                            TrainerSettings.of(10, 1e-3).inFullPrecision())
                    .train(folder, _ -> {});
            assertThat(result.stop()).isEqualTo(Stop.NOT_FINITE);
            assertThat(result.reason())
                    .isEqualTo("the loss of step 1 on words is no finite number; lower the learning rate or train"
                            + " without bf16");
            assertThat(result.steps()).isZero();
            assertThat(bytes(model.parameters())).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void aModelThatGivesAllTextsOneVectorStopsTheRun() {
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            try (NoGrad _ = new NoGrad()) {
                model.parameters().get("embeddings.LayerNorm.weight").fillInPlace(0);
                model.parameters().get("embeddings.LayerNorm.bias").fillInPlace(1);
            }
            model.parameters().freeze(name -> name.startsWith("embeddings"));
            TrainingResult result = trainer(model, TrainerSettings.of(40, 1e-4)).train(folder, _ -> {});
            assertThat(result.stop()).isEqualTo(Stop.COLLAPSED);
            assertThat(result.reason())
                    .isEqualTo("different positives had a mean cosine above 0.995 for 10 steps until step 10; lower the"
                            + " learning rate, or look for data in which all texts are alike");
        }
    }

    @Test
    void aFolderOfAnotherRunIsRefused() {
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            trainer(model, TrainerSettings.of(1, 1e-3)).train(folder, _ -> {});
            assertThatThrownBy(() -> trainer(model, TrainerSettings.of(2, 1e-3)).train(folder, _ -> {}))
                    .isInstanceOf(ArtifactMismatch.class)
                    .hasMessage(
                            "The folder " + folder + " holds a run with other settings, losses or data; name another"
                                    + " folder, or give what " + folder.resolve("run.txt") + " says.");
        }
    }

    @Test
    void dataWithoutWhatTheLossNeedsIsRefused() {
        assertThatThrownBy(() -> new Course(TrainingSamples.words(3, 0), HardInfoNce.of(.05)))
                .isInstanceOf(BadInput.class)
                .hasMessage("test:1: the loss needs negatives, the example has none; add them or choose another loss");
    }

    @Test
    void classesAreNotTrainedWithInBatchNegatives() {
        Dataset classes = WORDS.hardOnly();
        assertThat(new Course(classes, HardInfoNce.of(.05)).dataset()).isSameAs(classes);
        for (Loss loss : List.of(InfoNce.inBatch(.05), Matryoshka.f2llm(LOSS, 32), new DebiasedInfoNce(.05, .1))) {
            assertThatThrownBy(() -> new Course(classes, loss))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The loss for words takes texts of other rows as negatives, and in this data they are"
                            + " none; choose a loss of hard negatives or of scores.");
        }
    }

    @Test
    void theLearningRateWarmsUpAndFallsToItsFloor() {
        LearningRate rate = new LearningRate(1, .2, 4);
        assertThat(rate.at(0, 12)).isEqualTo(.25);
        assertThat(rate.at(3, 12)).isEqualTo(1);
        assertThat(rate.at(4, 12)).isEqualTo(1);
        assertThat(rate.at(8, 12)).isCloseTo(.6, Offset.offset(1e-12));
        assertThat(rate.at(12, 12)).isCloseTo(.2, Offset.offset(1e-12));
    }

    @Test
    void measuresEqualValuesByHand() {
        // Found at ranks 1 and 3 of three: (1 + 1/2) / (1 + 1/log2(3) + 1/2).
        assertThat(RetrievalNdcg.ndcg(List.of("a", "x", "b"), Set.of("a", "b", "c")))
                .isCloseTo(1.5 / (1.5 + Math.log(2) / Math.log(3)), Offset.offset(1e-12));
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        assertThat(StsSpearman.correlation(new double[] {.1, .5, .5, .9}, new double[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), Offset.offset(1e-12));
        // scipy 1.10.1, scipy.stats.spearmanr, with ties on both sides.
        assertThat(StsSpearman.correlation(
                        new double[] {.3, .3, .1, .9, .5, .5, .5, .2}, new double[] {1, 2, 2, 5, 3, 3, 4, 0}))
                .isCloseTo(0.8635039583798658, Offset.offset(1e-12));
    }
}
