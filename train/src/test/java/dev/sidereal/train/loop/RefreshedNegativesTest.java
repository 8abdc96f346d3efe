package dev.sidereal.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.Course;
import dev.sidereal.train.LiveEncoder;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.Teacher;
import dev.sidereal.train.TinyEmbedder;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainerSettings;
import dev.sidereal.train.TrainingSamples;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.BatchComposer;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.negatives.MiningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshedNegativesTest {
    private static final Dataset WORDS = TrainingSamples.words(24, 2);
    private static final Schedule.Settings BATCHES = new Schedule.Settings(8, 2, 1, 1);
    private static final TrainerSettings SETTINGS = new TrainerSettings(
            12, new dev.sidereal.train.LearningRate(3e-3, 1e-7, 2), .01, .9, .98, 1, 1, 8, false, 4, 2, 7);

    @TempDir
    private Path folder;

    /** A run of a strategy in which each step's rows are written down. */
    private static final class Run implements AutoCloseable {
        private final TinyEmbedder model = TinyEmbedder.of(.1);
        private final TinyEmbedder copy = TinyEmbedder.of(0);
        private final MiningData data = MiningData.of(WORDS);
        private final List<MinedSet> sets = new ArrayList<>();
        private final Map<Long, List<List<Text>>> seen = new TreeMap<>();
        private final RefreshedNegatives part;
        private final Dataset trained;

        Run(String strategy, long every) {
            MiningJob job =
                    new MiningJob(data, strategy, MiningSettings.of(3).withNegatives(2), UnaryOperator.identity());
            MinedSet first = job.mine(new LiveEncoder(model, "start", false), 0);
            sets.add(first);
            trained = first.in(WORDS);
            part = new RefreshedNegatives("words", job, first, copy, false, every, 2, sets::add);
        }

        void train(Path to, long stopAfter) {
            LoopPart watching = new LoopPart() {
                @Override
                public Batch rows(Batch batch, long step) {
                    seen.put(step, batch.rows().stream().map(Row::negatives).toList());
                    return batch;
                }

                @Override
                public String toString() {
                    return "watching";
                }
            };
            Course course = new Course(
                    trained, HardInfoNce.of(.05), Teacher.NONE, BatchComposer.mixed(), List.of(part, watching));
            Trainer.of(model, List.of(course), BATCHES, SETTINGS).train(to, step -> {
                if (step.step() == stopAfter) {
                    throw new IllegalStateException("killed");
                }
            });
        }

        @Override
        public void close() {
            model.close();
            copy.close();
            data.close();
        }
    }

    @Test
    void documentsAreEncodedAnewAndNegativesChangeAnIntervalLater() {
        try (Run run = new Run("ance", 3)) {
            run.train(folder, Long.MAX_VALUE);
            assertThat(run.sets).extracting(MinedSet::step).containsExactly(0L, 3L, 6L, 9L);
            assertThat(run.sets).extracting(MinedSet::vectors).doesNotHaveDuplicates();
            assertThat(run.sets.get(1).byQuery())
                    .isNotEqualTo(run.sets.getFirst().byQuery());
            assertThat(run.sets).extracting(set -> set.report().key()).doesNotHaveDuplicates();
        }
    }

    @Test
    void rowsHoldNegativesOfTheSetInUseAndNeverAPositive() {
        try (Run run = new Run("naive-topk", 3)) {
            run.train(folder, Long.MAX_VALUE);
            run.seen.forEach((step, rows) -> {
                MinedSet inUse = run.sets.get((int) Math.max(0, (step - 1) / 3 - 1));
                List<Text> known = inUse.byQuery().values().stream()
                        .flatMap(mined -> mined.negatives().stream())
                        .toList();
                rows.forEach(negatives -> assertThat(known).as("step %s", step).containsAll(negatives));
            });
            WORDS.examples()
                    .forEach(example -> run.sets.forEach(set -> assertThat(Objects.requireNonNull(
                                            set.byQuery().get(example.query().id()))
                                    .negatives())
                            .doesNotContainAnyElementsOf(example.positives())));
        }
    }

    @Test
    void aKilledRunGoesOnWithTheSameNegativesWhileASetIsUnderWay() {
        try (Run straight = new Run("simans", 3);
                Run killed = new Run("simans", 3);
                Run resumed = new Run("simans", 3)) {
            straight.train(folder.resolve("straight"), Long.MAX_VALUE);
            assertThatThrownBy(() -> killed.train(folder.resolve("killed"), 5)).hasMessage("killed");
            resumed.train(folder.resolve("killed"), Long.MAX_VALUE);
            straight.seen.keySet().removeIf(step -> step <= 4);
            assertThat(resumed.seen).isEqualTo(straight.seen);
            assertThat(bytes(resumed.model)).usingRecursiveComparison().isEqualTo(bytes(straight.model));
        }
    }

    private static Map<String, byte[]> bytes(TinyEmbedder model) {
        Map<String, byte[]> bytes = new TreeMap<>();
        model.parameters().all().forEach((name, tensor) -> bytes.put(name, tensor.bytes()));
        return bytes;
    }

    @Test
    void aRunWhoseNegativesAreGoneIsNotResumedWithOthers() throws IOException {
        try (Run killed = new Run("naive-topk", 3);
                Run resumed = new Run("naive-topk", 3)) {
            assertThatThrownBy(() -> killed.train(folder, 5)).hasMessage("killed");
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                    Files.delete(file);
                }
            }
            assertThatThrownBy(() -> resumed.train(folder, Long.MAX_VALUE))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("The run cannot go on: " + folder.resolve("mined-words-000000004.jsonl")
                            + " is missing, which holds the negatives of step 4; restore the file or begin in another"
                            + " folder.");
        }
    }

    @Test
    void aCurriculumMovesWithEachSet() {
        try (Run run = new Run("cl-drd", 3)) {
            run.train(folder, Long.MAX_VALUE);
            assertThat(run.sets.getLast().report().meanRank())
                    .isLessThan(run.sets.getFirst().report().meanRank());
        }
    }

    @Test
    void aFailureWhileMiningStopsTraining() {
        try (Run run = new Run("ance", 3)) {
            run.data.close();
            assertThatThrownBy(() -> run.train(folder, Long.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("Already closed");
        }
    }

    @Test
    void anIntervalOfZeroStepsIsRefused() {
        assertThatThrownBy(() -> new Run("ance", 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "Negatives are mined anew every 1 step or more for rows of at least 1 negative, got 0 and 2.");
    }
}
