package dev.sidereal.cli;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.StepReport;
import dev.sidereal.train.TrainingResult;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.recipe.Recipe;
import dev.sidereal.train.recipe.RecipeRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train encoder}: fit an encoder to data of one's own. */
@Command(
        name = "encoder",
        description = {
            "Train an encoder as a recipe says.",
            "",
            "A recipe is a small YAML file; --example prints one with every key. Paths in it are relative to the folder"
                    + " that the command is started in. Stopped or killed at any time, the same command goes on from the"
                    + " last snapshot. The folder gets 'recipe.yaml' with every value, 'run' with the snapshot, and"
                    + " 'model', which --encoder of other verbs takes.",
            "",
            "Examples:",
            "  ./sidereal train encoder --example > recipe.yaml",
            "  ./sidereal train encoder --recipe recipe.yaml --to models/mine",
            "  ./sidereal evaluate retrieval --data my-data --systems dense --encoder models/mine/model"
        })
final class TrainEncoderVerb implements Verb {
    @Option(names = "--recipe", paramLabel = "FILE", description = "What to train, on what, and how.")
    @Nullable
    Path recipe;

    @Option(names = "--to", paramLabel = "DIR", description = "The run's folder: new, or of the same run.")
    @Nullable
    Path to;

    @Option(names = "--example", description = "Print a recipe with every key, and end.")
    boolean example;

    @Override
    public Outcome run(Session session) {
        if (example) {
            String text = Recipe.example();
            return Outcome.of(Map.of("recipe", text), text.stripTrailing());
        }
        if (recipe == null || to == null) {
            throw new BadConfig("training needs --recipe FILE and --to DIR; --example prints a recipe to begin with");
        }
        return train(session, Recipe.read(recipe), to);
    }

    private Outcome train(Session session, Recipe read, Path folder) {
        long began = System.nanoTime();
        TrainingConsole console = new TrainingConsole(session);
        TrainingResult result;
        try (console) {
            result = RecipeRun.train(read, Path.of(""), folder, console::opened, console);
        } catch (RuntimeException e) {
            StepReport last = console.last();
            if (session.stopping() && last != null) {
                session.say("stopped after step " + last.step() + "; the same command goes on from the last snapshot");
            }
            throw e;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", result.steps());
        json.put("stop", result.stop().name().toLowerCase(Locale.ROOT));
        json.put("reason", result.reason());
        result.best().ifPresent(best -> {
            json.put("measure", console.measure());
            json.put("best", best);
            console.untrained().ifPresent(value -> json.put("untrained", value));
        });
        json.put("seconds", seconds);
        json.put("tokens", console.tokens());
        StepReport last = console.last();
        if (last != null) {
            json.put("final_loss", Double.isFinite(last.loss()) ? last.loss() : String.valueOf(last.loss()));
        }
        boolean done = result.stop() == Stop.DONE;
        if (done) {
            json.put("model", folder.resolve("model").toString());
        }
        return new Outcome(json, text(result, console, folder, seconds), done ? 0 : 1);
    }

    private static String text(TrainingResult result, TrainingConsole console, Path folder, double seconds) {
        if (result.stop() != Stop.DONE) {
            return "stopped after " + result.steps() + " steps: " + result.reason() + "\nNo model was written.";
        }
        StringBuilder text = new StringBuilder(result.reason() + ", the last ones in " + LineTask.clock(seconds));
        result.best()
                .ifPresent(best ->
                        text.append(String.format(Locale.ROOT, "; %s on dev data %.4f", console.measure(), best)));
        console.untrained()
                .ifPresent(value -> text.append(String.format(Locale.ROOT, ", %.4f before training", value)));
        Path model = folder.resolve("model");
        return text.append("\nThe model is in ")
                .append(model)
                .append("\nNext: ./sidereal evaluate retrieval --data DIR --systems dense --encoder ")
                .append(model)
                .toString();
    }
}
