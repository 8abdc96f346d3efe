package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.Encoders;
import dev.sidereal.train.StepReport;
import dev.sidereal.train.TrainingResult.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeRunTest {
    private static final Recipe RECIPE = Recipe.parse("""
            model: minilm
            device: cpu
            dev: 0
            data: [{path: data.jsonl, loss: {name: f2llm, matryoshka: true}}]
            batches: {size: 4}
            training: {steps: 3, learning-rate: 1e-4, chunk: 6}
            """, "test.yaml");

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    void aPackagedEncoderIsTrainedAndServed() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), """
                {"query": "largest planet", "positive": "Jupiter", "negatives": ["Mars", "Venus"]}
                {"query": "red planet", "positive": "Mars", "negatives": ["Jupiter"]}
                {"query": "nearest star", "positive": "The Sun", "negatives": ["Sirius"]}
                {"query": "ringed planet", "positive": "Saturn", "negatives": ["Mercury"]}
                """);
        List<StepReport> steps = new ArrayList<>();
        assertThat(RecipeRun.train(RECIPE, folder, folder.resolve("to"), steps::add)
                        .stop())
                .isEqualTo(Stop.DONE);
        assertThat(steps).hasSize(3);
        assertThat(steps.getLast().loss()).isLessThan(steps.getFirst().loss());
        try (Encoder before = Encoders.open("minilm");
                Encoder after = Encoders.open(folder.resolve("to/model").toString())) {
            List<String> texts = List.of("largest planet");
            assertThat(after.encode(Role.QUERY, texts).vectors()[0])
                    .hasSize(384)
                    .isNotEqualTo(before.encode(Role.QUERY, texts).vectors()[0]);
        }
        assertThat(Recipe.read(folder.resolve("to/recipe.yaml"))).isEqualTo(RECIPE);
    }

    @Test
    void dataThatDoesNotFitLeavesNothingBehind() throws IOException {
        Files.writeString(folder.resolve("data.jsonl"), "{\"query\": \"a\", \"positive\": \"b\", \"pos\": \"c\"}\n");
        assertThatThrownBy(() -> RecipeRun.train(RECIPE, folder, folder.resolve("to"), _ -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("data.jsonl:1: 'pos' is no role");
        assertThat(folder.resolve("to")).doesNotExist();
    }
}
