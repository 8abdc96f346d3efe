package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Encoders;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.train.StepReport;
import dev.sidereal.train.TinyFolders;
import dev.sidereal.train.TrainingResult;
import dev.sidereal.train.TrainingResult.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {
    private static final List<String> TEXTS = List.of("w1 w2", "w30 w31 w32");

    @TempDir
    private Path folder;

    @BeforeEach
    void dataAndModels() throws IOException {
        TinyFolders.write(folder.resolve("bert"), TinyFolders.bert(2, 8, 12), _ -> {});
        TinyFolders.write(folder.resolve("wide"), TinyFolders.bert(2, 16, 12), _ -> {});
        TinyFolders.write(folder.resolve("decoder"), TinyFolders.decoder(2, 12, 16), _ -> {});
        StringBuilder rows = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            rows.append("""
                    {"query": "w%d w%d", "positive": "w%d", "negatives": ["w%d", "w%d w3"]}
                    """.formatted(i, i + 1, i + 20, i + 21, i + 10));
            labels.append("""
                    {"text": "w%d w%d", "label": "w%d"}
                    """.formatted(i, i + 3, 40 + i % 2));
        }
        Files.writeString(folder.resolve("rows.jsonl"), rows);
        Files.writeString(folder.resolve("labels.jsonl"), labels);
    }

    /** All three formats of F2LLM, two stages, the second with instructions and a teacher. */
    private Recipe family(String model, String teacher, int steps) {
        return Recipe.parse("""
                model: %s
                device: cpu
                stages:
                  - data: [{path: rows.jsonl, loss: {name: f2llm}}]
                    dev: 0
                    batches: {size: 4}
                    training: {steps: 3, learning-rate: 1e-2, bf16: false, snapshot-every: 2}
                  - data:
                      - path: rows.jsonl
                        instruction: w49
                        loss: [{name: f2llm, matryoshka: true}, {name: kd}]
                      - format: clustering
                        path: labels.jsonl
                        instruction: w48
                        instruct-documents: 0.3
                        loss: [{name: hard}, {name: similarity}]
                      - {format: two-way, path: labels.jsonl, loss: {name: hard}}
                    dev: 0.3
                    teacher: %s
                    teacher-cache: 1
                    batches: {size: 4}
                    training: {steps: %d, learning-rate: 1e-2, bf16: false, snapshot-every: 2, evaluate-every: 2, chunk: 7}
                """.formatted(folder.resolve(model), folder.resolve(teacher), steps), "family.yaml");
    }

    @Test
    void theSecondStageBeginsWhereTheFirstEnded() {
        String still = "{data: [{path: rows.jsonl}], dev: 0, training: {steps: 1, learning-rate: 1e-30,"
                + " learning-rate-floor: 0, bf16: false}}";
        Recipe moved = family("bert", "wide", 1);
        Stage first = moved.stages().getFirst();
        Stage second = Recipe.parse(still, "still").stages().getFirst();
        RecipeRun.train(
                new Recipe(moved.model(), moved.device(), List.of(first)), folder, folder.resolve("one"), _ -> {});
        List<StepReport> steps = new ArrayList<>();
        Recipe both = new Recipe(moved.model(), moved.device(), List.of(first, second));
        RecipeRun.train(both, folder, folder.resolve("two"), steps::add);
        assertThat(steps.stream().map(StepReport::step)).containsExactly(1L, 2L, 3L, 1L);
        assertThat(folder.resolve("two/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("one/model/model.safetensors"));
        assertThat(Recipe.read(folder.resolve("two/recipe.yaml"))).isEqualTo(withChunks(both));
    }

    @Test
    void aKilledSecondStageGoesOnBitByBit() throws IOException {
        Recipe recipe = family("bert", "wide", 7);
        TrainingResult straight = RecipeRun.train(recipe, folder, folder.resolve("straight"), _ -> {});
        assertThat(straight.stop()).isEqualTo(Stop.DONE);
        assertThatThrownBy(() -> RecipeRun.train(recipe, folder, folder.resolve("killed"), step -> {
                    if (step.steps() == 7 && step.step() == 5) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        assertThat(folder.resolve("killed/model")).doesNotExist();
        RecipeRun.train(recipe, folder, folder.resolve("killed"), _ -> {});
        assertThat(folder.resolve("killed/model/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("straight/model/model.safetensors"));
        assertThat(folder.resolve("killed/run-2/snapshot.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("straight/run-2/snapshot.safetensors"));
    }

    @Test
    void aDecoderIsTrainedAndServed() {
        Recipe recipe = family("decoder", "wide", 4);
        assertThat(RecipeRun.train(recipe, folder, folder.resolve("to"), _ -> {})
                        .stop())
                .isEqualTo(Stop.DONE);
        try (Encoder served = Encoders.open(folder.resolve("to/model").toString());
                GradientEncoder before =
                        GradientEncoder.open(folder.resolve("decoder").toString(), Device.CPU)) {
            assertThat(served.encode(Role.QUERY, TEXTS).vectors()[0])
                    .hasSize(12)
                    .isNotEqualTo(before.encode(Role.QUERY, TEXTS).vectors()[0]);
        }
    }

    @Test
    void aTeacherThatIsNarrowerThanRawStatesWantIsRefused() {
        assertRefused(
                family("wide", "bert", 1),
                "The teacher " + folder.resolve("bert") + " gives 8 dimensions, the student 16; the loss kd needs a"
                        + " teacher that is at least as wide, similarity does not.");
    }

    @Test
    void aTeacherThatNoLossAsksIsRefused() {
        assertRefused(
                Recipe.parse(
                        "{model: %s, teacher: %s, dev: 0, data: [{path: rows.jsonl}]}"
                                .formatted(folder.resolve("bert"), folder.resolve("bert")),
                        "r.yaml"),
                "The teacher " + folder.resolve("bert")
                        + " is never asked; add a loss kd or similarity to the data, or leave the teacher out.");
    }

    @Test
    void distillationWithoutATeacherIsRefused() {
        assertRefused(
                Recipe.parse(
                        "{model: %s, dev: 0, data: [{path: rows.jsonl, loss: {name: kd}}]}"
                                .formatted(folder.resolve("bert")),
                        "r.yaml"),
                "The loss for rows.jsonl needs vectors of a teacher, and there is none; name a teacher or leave"
                        + " distillation out.");
    }

    private void assertRefused(Recipe recipe, String message) {
        assertThatThrownBy(() -> RecipeRun.train(recipe, folder, folder.resolve("to"), _ -> {}))
                .isInstanceOf(BadConfig.class)
                .hasMessage(message);
        assertThat(folder.resolve("to")).doesNotExist();
    }

    /** What a folder says of a recipe that left the chunk to the machine. */
    private static Recipe withChunks(Recipe recipe) {
        return new Recipe(
                recipe.model(),
                recipe.device(),
                recipe.stages().stream().map(stage -> stage.withChunk(64)).toList());
    }
}
