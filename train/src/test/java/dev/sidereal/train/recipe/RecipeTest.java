package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.Matryoshka;
import dev.sidereal.train.loss.PrefixDistillation;
import dev.sidereal.train.loss.SimilarityDistillation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    private static final String SMALL = "data: [{path: data.jsonl, loss: {name: f2llm, matryoshka: true}}]\n";

    @Test
    void aSmallFileHasTheUsualValues() {
        Recipe recipe = Recipe.parse(SMALL + "training: {steps: 500, learning-rate: 1e-4}\n", "small.yaml");
        assertThat(recipe.model()).isEqualTo("bge-small");
        assertThat(recipe.stages().getFirst().training().learningRate().peak()).isEqualTo(1e-4);
        assertThat(recipe.stages().getFirst().training().learningRate().warmup())
                .isEqualTo(50);
        assertThat(recipe.stages().getFirst().training().bf16()).isTrue();
        assertThat(recipe.stages().getFirst().data().getFirst().loss(384))
                .isEqualTo(Matryoshka.f2llm(LossSum.of(InfoNce.inBatch(.05), HardInfoNce.of(.05)), 384));
    }

    @Test
    void whatIsPrintedShowsEveryValueAndReadsAsTheSame() {
        Recipe recipe = Recipe.parse(SMALL, "small.yaml");
        assertThat(recipe.yaml()).contains("learning-rate-floor: ", "beta2: 0.98", "bucket: 16", "smoothing: 0.0");
        assertThat(Recipe.parse(recipe.yaml(), "printed")).isEqualTo(recipe);
    }

    @Test
    void lossesOfOneSourceAreSummedByWeight() {
        Recipe recipe = Recipe.parse("""
                teacher: minilm
                data:
                  - path: data.jsonl
                    instruction: Find the answer
                    instruct-documents: 0.3
                    loss:
                      - {name: in-batch, matryoshka: true}
                      - {name: hard, matryoshka: true}
                      - {name: kd, weight: 0.5}
                      - {name: similarity, temperature: 0.1}
                """, "kd.yaml");
        DataRecipe data = recipe.stages().getFirst().data().getFirst();
        assertThat(data.loss(320))
                .isEqualTo(new LossSum(List.of(
                        new LossSum.Term(Matryoshka.f2llm(InfoNce.inBatch(.05), 320), 1),
                        new LossSum.Term(Matryoshka.f2llm(HardInfoNce.of(.05), 320), 1),
                        new LossSum.Term(new PrefixDistillation(), .5),
                        new LossSum.Term(new SimilarityDistillation(.1), 1))));
        assertThat(data.instruction()).isEqualTo("Find the answer");
        assertThat(data.instructDocuments()).isEqualTo(.3);
        assertThat(Recipe.parse(recipe.yaml(), "printed")).isEqualTo(recipe);
    }

    @Test
    void stagesAreRunsOfTheirOwn() {
        Recipe recipe = Recipe.parse("""
                model: minilm
                stages:
                  - data: [{path: raw.jsonl}]
                    dev: 0
                    training: {steps: 700}
                  - data: [{path: data.jsonl, instruction: Find it}]
                    teacher: bge-small
                    training: {steps: 300, learning-rate: 1e-5}
                """, "two.yaml");
        assertThat(recipe.stages()).hasSize(2);
        assertThat(recipe.steps()).isEqualTo(1_000);
        assertThat(recipe.stages().get(0).teacher()).isEmpty();
        assertThat(recipe.stages().get(1).teacher()).isEqualTo("bge-small");
        assertThat(recipe.stages().get(1).dev()).isEqualTo(.1);
        assertThat(Recipe.parse(recipe.yaml(), "printed")).isEqualTo(recipe);
        assertThatThrownBy(() -> Recipe.parse("stages: [{data: [{path: a}]}]\ndev: 0.2\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("r.yaml: there is no key 'dev'; keys are model, device, stages.");
        assertThatThrownBy(() -> Recipe.parse("stages: [{data: [{path: a}], device: cpu}]\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("r.yaml: stages 1: there is no key 'device'; keys are data, dev, teacher, teacher-cache,"
                        + " max-tokens, batches, training.");
    }

    @Test
    void theRecipesOfTheGuideAreRead() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("sidereal.root"), "docs", "distil.md"));
        List<Recipe> recipes = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(snippet -> Recipe.parse(snippet.group(1), "distil.md"))
                .toList();
        assertThat(recipes).hasSize(2);
        assertThat(recipes.get(0).stages().getFirst().teacher()).isEqualTo("bge-small");
        assertThat(recipes.get(1).stages().get(1).data())
                .extracting(DataRecipe::format)
                .containsExactly("jsonl", "clustering", "two-way");
    }

    @Test
    void aLossThatDoesNotCountIsRefused() {
        assertThatThrownBy(() -> Recipe.parse("data: [{path: a, loss: {name: hard, weight: 0}}]\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The weight of the loss hard must be above 0, got 0.0.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batches: {sise: 3} | r.yaml: batches: there is no key 'sise'; keys are size, negatives, bucket, seed, composer, topics.",
                "batches: {size: many} | r.yaml: batches: 'size' must be a whole number, got many.",
                "epochs: 3 | r.yaml: there is no key 'epochs'; keys are model, device, stages, data, dev, teacher, teacher-cache, max-tokens, batches, training.",
                "training: {bf16: 1} | r.yaml: training: 'bf16' must be true or false, got 1.",
            })
    void keysAndValuesThatDoNotFitAreNamed(String line, String message) {
        assertThatThrownBy(() -> Recipe.parse(SMALL + line + "\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(message);
    }

    @Test
    void dataAndLossAreChecked() {
        assertThatThrownBy(() -> Recipe.parse("model: minilm\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("r.yaml: 'data' must be a list with at least one entry.");
        assertThatThrownBy(() -> Recipe.parse("data: [{format: jsonl}]\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("r.yaml: data 1: the key 'path' is missing.");
        assertThatThrownBy(() -> Recipe.parse("data: [{path: a, loss: {name: nce}}]\n", "r.yaml"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "There is no loss 'nce'; losses are in-batch, symmetric, shared, hard, f2llm, star,"
                                + " mochi, debiased, confidence, suspect, lambda, margin-mse, kl, cosent, angle, kd, similarity.");
        assertThatThrownBy(() -> Recipe.parse("data: [\n", "r.yaml"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("r.yaml:2: this is no YAML: ");
    }
}
