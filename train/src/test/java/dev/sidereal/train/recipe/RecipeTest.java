package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.loss.HardInfoNce;
import dev.sidereal.train.loss.InfoNce;
import dev.sidereal.train.loss.LossSum;
import dev.sidereal.train.loss.Matryoshka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    private static final String SMALL = "data: [{path: data.jsonl, loss: {name: f2llm, matryoshka: true}}]\n";

    @Test
    void aSmallFileHasTheUsualValues() {
        Recipe recipe = Recipe.parse(SMALL + "training: {steps: 500, learning-rate: 1e-4}\n", "small.yaml");
        assertThat(recipe.model()).isEqualTo("bge-small");
        assertThat(recipe.training().learningRate().peak()).isEqualTo(1e-4);
        assertThat(recipe.training().learningRate().warmup()).isEqualTo(50);
        assertThat(recipe.training().bf16()).isTrue();
        assertThat(recipe.data().getFirst().loss().of(384))
                .isEqualTo(Matryoshka.f2llm(LossSum.of(InfoNce.inBatch(.05), HardInfoNce.of(.05)), 384));
    }

    @Test
    void whatIsPrintedShowsEveryValueAndReadsAsTheSame() {
        Recipe recipe = Recipe.parse(SMALL, "small.yaml");
        assertThat(recipe.yaml()).contains("learning-rate-floor: ", "beta2: 0.98", "bucket: 16", "smoothing: 0.0");
        assertThat(Recipe.parse(recipe.yaml(), "printed")).isEqualTo(recipe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batches: {sise: 3} | r.yaml: batches: there is no key 'sise'; keys are size, negatives, bucket, seed, composer, topics.",
                "batches: {size: many} | r.yaml: batches: 'size' must be a whole number, got many.",
                "epochs: 3 | r.yaml: there is no key 'epochs'; keys are model, device, data, dev, batches, training.",
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
                .hasMessage("There is no loss 'nce'; losses are in-batch, symmetric, shared, hard, f2llm, star,"
                        + " mochi, debiased, confidence, suspect, lambda, margin-mse, kl, cosent, angle.");
        assertThatThrownBy(() -> Recipe.parse("data: [\n", "r.yaml"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("r.yaml:2: this is no YAML: ");
    }
}
