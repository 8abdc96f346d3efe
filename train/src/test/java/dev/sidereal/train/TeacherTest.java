package dev.sidereal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.Loss;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.PrefixDistillation;
import dev.sidereal.train.loss.SimilarityDistillation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeacherTest {
    private static final Dataset WORDS = TrainingSamples.words(24, 3);
    private static final Schedule.Settings BATCHES = new Schedule.Settings(8, 3, 1, 1);
    private static final Teacher.Settings EXACT = new Teacher.Settings(false, 0);
    private static final Loss KD = new PrefixDistillation();

    @TempDir
    private Path folder;

    private static Trainer trainer(Embedder student, Teacher teacher, Loss loss, TrainerSettings settings) {
        return Trainer.of(student, List.of(new Course(WORDS, loss, teacher)), BATCHES, settings);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 1_000})
    void aCopyOfTheStudentHasNothingToTeach(int chunk) {
        Batch batch = new Schedule(List.of(WORDS), BATCHES).epoch(0).getFirst();
        try (TinyEmbedder student = TinyEmbedder.of(0);
                TinyEmbedder copy = TinyEmbedder.of(0)) {
            for (long cache : new long[] {0, 1 << 20}) {
                Teacher teacher = Teacher.of("copy", copy, new Teacher.Settings(false, cache));
                GradientCache gradients = new GradientCache(student, chunk, false);
                assertThat(gradients.backward(batch, KD, teacher, 1).loss()).isLessThan(1e-10);
            }
            // It would have, were its texts in another order.
            Teacher shuffled = new Reversed(Teacher.of("copy", copy, EXACT));
            assertThat(new GradientCache(student, chunk, false)
                            .backward(batch, KD, shuffled, 1)
                            .loss())
                    .isGreaterThan(.01);
            copy.parameters()
                    .all()
                    .values()
                    .forEach(tensor -> assertThat(tensor.grad()).isNull());
        }
    }

    private record Reversed(Teacher teacher) implements Teacher {
        @Override
        public String name() {
            return teacher.name();
        }

        @Override
        public Tensor states(Role role, List<String> texts) {
            return teacher.states(role, texts.reversed());
        }
    }

    @Test
    void chunksGiveTheGradientsOfThePlainStep() {
        Batch batch = new Schedule(List.of(WORDS), BATCHES).epoch(0).getFirst();
        Loss loss = LossSum.of(InfoNce.inBatch(.05), KD, new SimilarityDistillation(.05));
        try (TinyEmbedder student = TinyEmbedder.of(0);
                TinyEmbedder wide = TinyEmbedder.of(0, 48)) {
            Teacher teacher = Teacher.of("wide", wide, EXACT);
            List<float[]> gradients = new ArrayList<>();
            for (int chunk : new int[] {1_000, 5}) {
                student.parameters().clearGradients();
                new GradientCache(student, chunk, false).backward(batch, loss, teacher, 1);
                gradients.add(Objects.requireNonNull(student.parameters()
                                .get("encoder.layer.1.output.dense.weight")
                                .grad())
                        .floats());
            }
            for (int i = 0; i < gradients.get(0).length; i++) {
                assertThat(gradients.get(1)[i]).isCloseTo(gradients.get(0)[i], Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void aStudentComesNearAWiderTeacher() {
        List<StepReport> steps = new ArrayList<>();
        try (TinyEmbedder student = TinyEmbedder.of(0);
                TinyEmbedder wide = TinyEmbedder.of(0, 48)) {
            trainer(student, Teacher.of("wide", wide, EXACT), KD, TrainerSettings.of(150, 3e-3))
                    .train(folder, steps::add);
        }
        assertThat(steps.getFirst().loss()).isGreaterThan(1);
        assertThat(steps.getLast().loss()).isLessThan(.25 * steps.getFirst().loss());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_000})
    void aKilledRunGoesOnBitByBit(long cache) {
        Loss loss = LossSum.of(InfoNce.inBatch(.05), KD);
        TrainerSettings settings =
                new TrainerSettings(9, new LearningRate(1e-3, 1e-7, 2), .01, .9, .98, 1, 1, 8, true, 4, 2, 7);
        Map<String, byte[]> straight = run("straight", loss, settings, cache, Integer.MAX_VALUE);
        assertThatThrownBy(() -> run("killed", loss, settings, cache, 6)).hasMessage("killed");
        assertThat(run("killed", loss, settings, cache, Integer.MAX_VALUE))
                .usingRecursiveComparison()
                .isEqualTo(straight);
    }

    private Map<String, byte[]> run(String name, Loss loss, TrainerSettings settings, long cache, int killed) {
        // The teacher would drop states of its own and draw random numbers for it, were it not asked without gradients.
        try (TinyEmbedder student = TinyEmbedder.of(.1);
                TinyEmbedder wide = TinyEmbedder.of(.1, 48)) {
            Teacher teacher = Teacher.of("wide", wide, new Teacher.Settings(true, cache));
            trainer(student, teacher, loss, settings).train(folder.resolve(name), step -> {
                if (step.step() == killed) {
                    throw new IllegalStateException("killed");
                }
            });
            return bytes(student.parameters());
        }
    }

    private static Map<String, byte[]> bytes(Parameters parameters) {
        Map<String, byte[]> bytes = new TreeMap<>();
        parameters.all().forEach((name, tensor) -> bytes.put(name, tensor.bytes()));
        return bytes;
    }

    @Test
    void aRunIsNotResumedWithAnotherTeacher() {
        try (TinyEmbedder student = TinyEmbedder.of(0);
                TinyEmbedder copy = TinyEmbedder.of(0)) {
            TrainerSettings settings = TrainerSettings.of(1, 1e-3);
            trainer(student, Teacher.of("one", copy, EXACT), KD, settings).train(folder, _ -> {});
            assertThatThrownBy(() -> trainer(student, Teacher.of("two", copy, EXACT), KD, settings)
                            .train(folder, _ -> {}))
                    .isInstanceOf(ArtifactMismatch.class)
                    .hasMessageContaining("holds a run with other settings, losses or data");
        }
    }

    @Test
    void distillationWithoutATeacherIsRefused() {
        for (Loss loss : List.of(KD, new SimilarityDistillation(.05), LossSum.of(InfoNce.inBatch(.05), KD))) {
            assertThatThrownBy(() -> new Course(WORDS, loss))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The loss for words needs vectors of a teacher, and there is none; name a teacher or"
                            + " leave distillation out.");
        }
    }

    @Test
    void cachedVectorsAreThoseOfTheTextAloneAndAreMadeOnce() {
        List<Tensor> made = new ArrayList<>();
        try (TinyEmbedder model = TinyEmbedder.of(0);
                TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Teacher cached = Teacher.of("cached", new SpiedEmbedder(model, made), new Teacher.Settings(false, 1 << 20));
            float[] first = cached.states(Role.DOCUMENT, List.of("abc", "a longer text"))
                    .floats();
            float[] again = cached.states(Role.DOCUMENT, List.of("abc", "a longer text"))
                    .floats();
            assertThat(again).isEqualTo(first);
            assertThat(made).hasSize(2);
            cached.states(Role.QUERY, List.of("abc"));
            assertThat(made).hasSize(3);
            float[] alone =
                    model.embed(model.tokenize(Role.DOCUMENT, List.of("abc"))).floats();
            assertThat(Arrays.copyOf(first, 32)).isEqualTo(alone);
        } finally {
            made.forEach(Tensor::close);
        }
    }

    @Test
    void aCacheHoldsNoMoreThanItsSizeAndKeepsWhatWasUsedLast() {
        VectorCache cache = new VectorCache(1_000);
        float[] vector = new float[50];
        for (String text : List.of("a", "b", "c")) {
            cache.put(Role.DOCUMENT, text, vector);
            assertThat(cache.get(Role.DOCUMENT, "a")).isSameAs(vector);
        }
        cache.put(Role.DOCUMENT, "d", vector);
        assertThat(cache.bytes()).isLessThanOrEqualTo(1_000).isGreaterThan(600);
        assertThat(cache.get(Role.DOCUMENT, "a")).isSameAs(vector);
        assertThat(cache.get(Role.DOCUMENT, "b")).isNull();
        assertThat(cache.get(Role.DOCUMENT, "d")).isSameAs(vector);
        assertThat(cache.get(Role.QUERY, "d")).isNull();
    }

    @Test
    void aCacheOfLessThanNothingIsRefused() {
        assertThatThrownBy(() -> new Teacher.Settings(true, -1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A teacher's cache takes at least 0 bytes, got -1.");
    }
}
