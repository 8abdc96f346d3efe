package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MineRecipeTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : List.of("Jupiter", "Mars", "Saturn", "Venus", "Titan", "Europa", "Io", "Rhea", "Ceres")) {
            lines.append("{\"query\": \"what is ")
                    .append(name)
                    .append("\", \"positive\": \"")
                    .append(name)
                    .append(" is a world of the Sun\"}\n");
        }
        Files.writeString(folder.resolve("data.jsonl"), lines);
    }

    private Recipe recipe(String acting, String loss, String composer) {
        return Recipe.parse("""
                model: minilm
                device: cpu
                dev: 0
                data: [{path: data.jsonl, loss: {name: %s}, %s}]
                batches: {size: 4, negatives: 2, composer: %s}
                training: {steps: 5, learning-rate: 1e-4}
                """.formatted(loss, acting, composer), "test.yaml");
    }

    @Test
    void whatIsPrintedReadsAsTheSame() {
        Recipe recipe = recipe(
                "mine: {strategy: consensus, teacher: minilm, cross-encoder: judge}, mask: {guide: minilm, margin: 0.05},"
                        + " queue: {size: 8}, log-q: true",
                "star",
                "tas");
        assertThat(recipe.yaml())
                .contains("strategy: consensus", "cross-encoder: judge", "guide: minilm", "shortfall: random-fill");
        assertThat(Recipe.parse(recipe.yaml(), "printed")).isEqualTo(recipe);
    }

    @Test
    @Tag("slow")
    void everythingThatActsOnNegativesWorksTogether() throws IOException {
        Recipe recipe = recipe(
                "mine: {strategy: ance, refresh: 2, negatives: 3}, mask: {guide: minilm, margin: 0.05},"
                        + " queue: {size: 8}, log-q: true",
                "star",
                "tas");
        List<StepReport> steps = new ArrayList<>();
        RecipeRun.train(recipe, folder, folder.resolve("to"), steps::add);
        assertThat(steps).hasSize(5).allSatisfy(step -> assertThat(step.loss()).isFinite());
        List<String> sets = Files.readAllLines(folder.resolve("to/mining.jsonl"));
        assertThat(sets).hasSize(2);
        assertThat(sets.getFirst()).contains("\"step\":0");
        assertThat(sets.getLast()).contains("\"step\":2");
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"adore:lambda", "conan:hard", "rrra:confidence", "simans:mochi", "random:shared"})
    void strategiesAndLossesMeetInARecipe(String pair) {
        String strategy = pair.substring(0, pair.indexOf(':'));
        String loss = pair.substring(pair.indexOf(':') + 1);
        String more = strategy.equals("rrra") ? ", teacher: minilm, scores: true" : "";
        List<StepReport> steps = new ArrayList<>();
        RecipeRun.train(
                recipe("mine: {strategy: %s, negatives: 3%s}".formatted(strategy, more), loss, "mixed"),
                folder,
                folder.resolve("to"),
                steps::add);
        assertThat(steps).hasSize(5).allSatisfy(step -> assertThat(step.loss()).isFinite());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mine: {strategy: ance, encoder: minilm, refresh: 3} | Mining anew every 3 steps needs the encoder 'self',"
                        + " the one that changes; got 'minilm'.",
                "mine: {strategy: adore, refresh: 3} | The strategy 'adore' retrieves in every step with the model itself;"
                        + " leave encoder, refresh and scores out.",
                "mine: {strategy: bm25, documents: some} | The documents to mine from are 'all' or 'train', got 'some'.",
                "mine: {shortfall: none} | There is no rule 'none' for the shortfall; rules are fewer, random-fill, relax.",
                "mine: {negatives: 0} | Mining gives at least 1 negative and begins anew after 0 steps or more, got"
                        + " negatives 0 and refresh 0.",
                "mine: {strategy: rlhn} | the strategy 'rlhn' needs two judges of relevance; name a language model as chat:"
                        + " a model's folder, or http(s)://host#model of a server",
                "mine: {strategy: gist} | the strategy 'gist' needs a teacher, such as a cross-encoder; name a better"
                        + " encoder than the one that retrieves as teacher, or a cross-encoder",
                "mine: {strategy: random, chat: qwen} | The language model 'qwen' is never asked by random; leave it out,"
                        + " or choose a strategy that asks it.",
                "mine: {stratgy: ance} | test.yaml: data 1: mine: there is no key 'stratgy'; keys are strategy, encoder,"
                        + " teacher, cross-encoder, chat, judge, run, negatives, refresh, shortfall, held-out, documents, scores."
            })
    void whatDoesNotFitIsNamed(String acting, String message) {
        assertThatThrownBy(() -> recipe(acting, "hard", "mixed"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(message);
    }

    @Test
    void aComposerThatIsNoneIsRefused() {
        assertThatThrownBy(() -> recipe("log-q: false", "hard", "topic"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no composer 'topic'; composers are mixed, tas, cluster.");
    }

    @Test
    @Tag("slow")
    void aStrategyThatIsNoneOrLacksSomethingLeavesNothingBehind() {
        assertThatThrownBy(() -> RecipeRun.train(
                        recipe("mine: {strategy: rlhn, chat: nowhere}", "hard", "mixed"),
                        folder,
                        folder.resolve("to"),
                        _ -> {}))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "There is no chat model \"nowhere\"; expected a model's folder, or http(s)://host#model of a"
                                + " chat server.");
        assertThatThrownBy(() -> RecipeRun.train(
                        recipe("queue: {size: 8}", "hard", "mixed"), folder, folder.resolve("to"), _ -> {}))
                .isInstanceOfAny(BadConfig.class, BadInput.class);
        assertThat(folder.resolve("to")).doesNotExist();
    }
}
