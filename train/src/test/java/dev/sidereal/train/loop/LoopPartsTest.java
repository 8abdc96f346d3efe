package dev.sidereal.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.Course;
import dev.sidereal.train.LiveEncoder;
import dev.sidereal.train.Teacher;
import dev.sidereal.train.TinyEmbedder;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainerSettings;
import dev.sidereal.train.TrainingSamples;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.BatchComposer;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loop.MinedSet.Mined;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.LambdaLoss;
import dev.sidereal.train.negatives.MiningReport;
import dev.sidereal.train.negatives.ScoreHistogram;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopPartsTest {
    private final TensorScope scope = new TensorScope();

    @TempDir
    private Path folder;

    @AfterEach
    void free() {
        scope.close();
    }

    private static Row row(String query, String positive, String... negatives) {
        List<Text> others = List.of(negatives).stream().map(Text::of).toList();
        Example example =
                new Example(Text.of(query), List.of(Text.of(positive)), others, List.of(), "", "test:" + query);
        return new Row(example, Text.of(positive), others, List.of(), false);
    }

    private static Batch batch(Row... rows) {
        List<Row> all = List.of(rows);
        return new Batch(new Dataset("toy", true, all.stream().map(Row::example).toList()), all);
    }

    private static Embedded vectors(double[] queries, double[] positives, int n) {
        return Embedded.of(Tensors.of(queries, n, queries.length / n), Tensors.of(positives, n, positives.length / n));
    }

    private static double[] cells(Embedded embedded, Role role) {
        return embedded.get(role).to(DType.F64).doubles();
    }

    @Test
    void theQueueHoldsPositivesOfPastBatchesUntilTheyAreTooOldOrTooMany() {
        MemoryQueue queue = new MemoryQueue("toy", 3, 2);
        Batch first = batch(row("q1", "p1"), row("q2", "p2"));
        assertThat(queue.vectors(first, vectors(new double[] {1, 0, 0, 1}, new double[] {1, 2, 3, 4}, 2), 1)
                        .has(Role.PAST))
                .isFalse();
        Batch second = batch(row("q3", "p2"), row("q4", "p4"));
        Embedded embedded = vectors(new double[] {1, 0, 0, 1}, new double[] {5, 6, 7, 8}, 2);
        Embedded more = queue.vectors(second, embedded, 2);
        assertThat(cells(more, Role.PAST)).containsExactly(1, 2, 3, 4);
        // p2 of the past answers q3 as well.
        assertThat(cells(more, Role.RELEVANT_PAST)).containsExactly(0, 1, 0, 0);
        assertThat(cells(queue.vectors(second, embedded, 3), Role.PAST)).containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(cells(queue.vectors(second, embedded, 5), Role.PAST)).containsExactly(5, 6, 7, 8);
    }

    @Test
    void aQueueIsTakenUpAsItWas() {
        MemoryQueue queue = new MemoryQueue("toy", 3, 2);
        Batch batch = batch(row("q1", "p1"), row("q2", "p2"));
        Embedded embedded = vectors(new double[] {1, 0, 0, 1}, new double[] {1, .1, 3, 4}, 2);
        queue.vectors(batch, embedded, 1);
        queue.save(folder, 1);
        MemoryQueue again = new MemoryQueue("toy", 3, 2);
        again.restore(folder, 1);
        assertThat(cells(again.vectors(batch, embedded, 2), Role.PAST))
                .isEqualTo(cells(queue.vectors(batch, embedded, 2), Role.PAST));
    }

    @Test
    void anEmptyQueueIsRefused() {
        assertThatThrownBy(() -> new MemoryQueue("toy", 0, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A memory queue holds at least 1 vector for at least 1 step, got 0 for 1.");
    }

    @Test
    void logQIsTheShareOfRowsThatADocumentIsDrawnFor() {
        Example two =
                new Example(Text.of("c"), List.of(Text.of("x"), Text.of("z")), List.of(), List.of(), "", "test:3");
        Dataset data = new Dataset(
                "toy", true, List.of(row("a", "x").example(), row("b", "y").example(), two));
        LogQ logQ = new LogQ(data);
        assertThat(logQ.share("x")).isCloseTo(.5, within(1e-12));
        assertThat(logQ.share("y")).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(logQ.share("z")).isCloseTo(1 / 6.0, within(1e-12));
        Batch batch = batch(row("a", "x"), row("b", "y"));
        assertThat(cells(logQ.vectors(batch, vectors(new double[2], new double[2], 2), 1), Role.LOG_Q))
                .containsExactly(new double[] {Math.log(.5), Math.log(1 / 3.0)}, within(1e-6));
    }

    /** Unit vectors in a plane by the degrees that the text says. */
    private static float[] angle(String text) {
        double radians = Math.toRadians(Double.parseDouble(text.substring(1)));
        return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
    }

    @Test
    void aGuideMasksWhatItPutsAboveThePositive() {
        // Row 0: the positive 30 degrees off, row 1's positive 20: a false negative; its own negative at 29 too.
        Batch batch = batch(row("q0", "d30", "d29", "d80"), row("q50", "d20", "d75"));
        Embedded embedded = vectors(new double[4], new double[4], 2)
                .with(Role.NEGATIVES, Tensors.zeros(DType.F64, dev.sidereal.model.tensor.Device.CPU, 2, 2, 2))
                .with(Role.ABSENT, Tensors.of(new byte[] {0, 0, 0, 1}, 2, 2).to(DType.BOOL));
        Embedded masked = new GuideMask(Toy.encoder(2, LoopPartsTest::angle), 0, false).vectors(batch, embedded, 1);
        assertThat(cells(masked, Role.RELEVANT)).containsExactly(0, 1, 1, 0);
        assertThat(cells(masked, Role.ABSENT)).containsExactly(1, 0, 1, 1);
        assertThat(cells(masked, Role.RELEVANT_NEGATIVES)[0]).isEqualTo(1);
        assertThat(cells(masked, Role.ALIKE_QUERIES)).containsExactly(1, 0, 0, 1);
        assertThat(cells(masked, Role.ALIKE_POSITIVES)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void theMarginOfAGuideMasksMore() {
        Batch batch = batch(row("q0", "d30"), row("q90", "d40"));
        Embedded embedded = vectors(new double[4], new double[4], 2);
        var guide = Toy.encoder(2, LoopPartsTest::angle);
        assertThat(cells(new GuideMask(guide, 0, false).vectors(batch, embedded, 1), Role.RELEVANT)[1])
                .isZero();
        assertThat(cells(new GuideMask(guide, .11, false).vectors(batch, embedded, 1), Role.RELEVANT)[1])
                .isEqualTo(1);
        assertThat(cells(new GuideMask(guide, .11, true).vectors(batch, embedded, 1), Role.RELEVANT)[1])
                .isZero();
        assertThatThrownBy(() -> new GuideMask(guide, -1, false))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The margin of a guide must be 0 or more, got -1.0.");
    }

    private static MinedSet mined(String query, String... negatives) {
        List<Text> texts = List.of(negatives).stream().map(Text::of).toList();
        Mined mined = new Mined(texts, texts.stream().map(_ -> 0.0).toList(), Map.of(), List.of());
        return new MinedSet(
                0,
                "",
                Map.of(query, mined),
                new MiningReport(
                        "toy",
                        "key",
                        1,
                        1,
                        1,
                        Map.of(),
                        Map.of(),
                        1,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        new ScoreHistogram(1, new TreeMap<>())));
    }

    private static void see(ConanReplacement part, double cosine) {
        Batch batch = part.rows(batch(row("q", "p")), 1);
        double other = Math.sqrt(1 - cosine * cosine);
        Embedded embedded = vectors(new double[] {1, 0}, new double[] {1, 0}, 1)
                .with(Role.NEGATIVES, Tensors.of(new double[] {cosine, other}, 1, 1, 2));
        part.vectors(batch, embedded, 1);
    }

    @Test
    void conanReplacesNegativesThatFellByAnEighthAndOnlyAtItsSteps() {
        ConanReplacement part = new ConanReplacement("toy", mined("q", "n1", "n2", "n3"), 1, 100);
        see(part, .6);
        see(part, .53);
        part.stepped(100, TinyEmbedder.of(0));
        // 1.15 * 0.53 = 0.6095 is not below 0.6.
        assertThat(part.inUse("q")).containsExactly(Text.of("n1"));
        see(part, .5);
        part.stepped(150, TinyEmbedder.of(0));
        assertThat(part.inUse("q")).containsExactly(Text.of("n1"));
        part.stepped(200, TinyEmbedder.of(0));
        assertThat(part.inUse("q")).containsExactly(Text.of("n2"));
    }

    @Test
    void conanKeepsWhatScoresHighAndWhatIsLastAndTakesUpWhereItStood() {
        ConanReplacement part = new ConanReplacement("toy", mined("q", "n1", "n2"), 1, 1);
        see(part, .99);
        see(part, .85);
        part.stepped(1, TinyEmbedder.of(0));
        assertThat(part.inUse("q")).containsExactly(Text.of("n1"));
        see(part, .1);
        part.save(folder, 1);
        part.stepped(2, TinyEmbedder.of(0));
        assertThat(part.inUse("q")).containsExactly(Text.of("n2"));
        see(part, .5);
        see(part, .1);
        part.stepped(3, TinyEmbedder.of(0));
        assertThat(part.inUse("q")).containsExactly(Text.of("n2"));
        ConanReplacement again = new ConanReplacement("toy", mined("q", "n1", "n2"), 1, 1);
        again.restore(folder, 1);
        assertThat(again.inUse("q")).containsExactly(Text.of("n1"));
        again.stepped(2, TinyEmbedder.of(0));
        assertThat(again.inUse("q")).containsExactly(Text.of("n2"));
    }

    @Test
    void adoreRetrievesLiveAndWeighsByTheChangeOfNdcg() {
        try (StoredCorpus corpus = Toy.corpus("a", "b", "c", "d")) {
            float[][] documents = {angle("d0"), angle("d20"), angle("d40"), angle("d90")};
            Adore adore = new Adore(new DenseIndex(Toy.encoder(2, Map.of()), new HeapVectors(documents)), corpus, 2);
            Example example =
                    new Example(Text.of("q"), List.of(new Text("d1", "b")), List.of(), List.of(), "", "test:1");
            Batch batch = new Batch(
                    new Dataset("toy", true, List.of(example)),
                    List.of(new Row(example, new Text("d1", "b"), List.of(), List.of(), false)));
            Embedded at0 = adore.vectors(batch, vectors(new double[] {2, 0}, new double[2], 1), 1);
            // Order a, b, c: the positive stands second; a would gain 1 - 1/log2(3), c 1/log2(3) - 1/2.
            assertThat(cells(at0, Role.GAINS)).containsExactly(new double[] {1 - 0.63093, 0.63093 - .5}, within(1e-5));
            assertThat(cells(at0, Role.NEGATIVES)[0]).isCloseTo(1, within(1e-6));
            Embedded at90 = adore.vectors(batch, vectors(new double[] {0, 2}, new double[2], 1), 1);
            // Order d, c, b: the query moved, and so did its negatives.
            assertThat(cells(at90, Role.NEGATIVES)[1]).isCloseTo(1, within(1e-6));
            assertThat(cells(at90, Role.GAINS)).containsExactly(new double[] {.5, 0.63093 - .5}, within(1e-5));
        }
    }

    @Test
    void adoreTrainsWithoutMinedNegatives() {
        Dataset words = TrainingSamples.words(16, 0);
        List<Double> losses = new ArrayList<>();
        try (TinyEmbedder model = TinyEmbedder.of(0);
                MiningData data = MiningData.of(words)) {
            float[][] documents = new LiveEncoder(model, "start", false)
                    .encode(
                            Encoder.Role.DOCUMENT,
                            words.examples().stream()
                                    .map(e -> e.positives().getFirst().text())
                                    .toList())
                    .vectors();
            DenseIndex index = new DenseIndex(Toy.encoder(32, Map.of()), new HeapVectors(documents));
            Course course = new Course(
                    words,
                    new LambdaLoss(.05),
                    Teacher.NONE,
                    BatchComposer.mixed(),
                    List.of(new Adore(index, data.corpus(), 8)));
            Trainer.of(
                            model,
                            List.of(course),
                            new Schedule.Settings(16, 0, 1, 1),
                            TrainerSettings.of(60, 3e-3).inFullPrecision())
                    .train(folder, step -> losses.add(step.loss()));
        }
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 4);
    }

    @Test
    void aLossOfGainsWithoutAdoreIsRefused() {
        assertThatThrownBy(() -> new Course(TrainingSamples.words(4, 1), new LambdaLoss(.05)))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The loss for words weighs pairs by what live retrieval gains, and nothing retrieves; mine"
                        + " with the strategy 'adore'.");
    }

    @Test
    void queueAndCorrectionChangeTheLossOfARun() {
        Dataset words = TrainingSamples.words(16, 0);
        assertThat(lastLoss(words, "queue", List.of(new MemoryQueue("words", 64, 100))))
                .isGreaterThan(lastLoss(words, "plain", List.of()));
    }

    private double lastLoss(Dataset words, String name, List<dev.sidereal.train.LoopPart> parts) {
        List<Double> losses = new ArrayList<>();
        try (TinyEmbedder model = TinyEmbedder.of(0)) {
            Course course = new Course(words, InfoNce.inBatch(.05), Teacher.NONE, BatchComposer.mixed(), parts);
            Trainer.of(
                            model,
                            List.of(course),
                            new Schedule.Settings(4, 0, 1, 1),
                            TrainerSettings.of(6, 1e-6).inFullPrecision())
                    .train(folder.resolve(name), step -> losses.add(step.loss()));
        }
        return losses.getLast();
    }
}
