package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.LearningRate;
import dev.sidereal.train.TrainerSettings;
import dev.sidereal.train.data.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a run does, as a YAML file. Keys that are left out have the values that {@link #yaml} shows; unknown keys are
 * refused.
 *
 * @param model as {@link dev.sidereal.model.TrainableEncoder#open} takes it
 * @param device {@code cpu}, {@code cuda:0} or {@code auto}
 * @param data at least one
 * @param dev share of the first data's queries that checkpoints are chosen by; 0 for none
 * @param batches how batches are made
 * @param composer which examples meet in a batch
 * @param training how the run goes
 */
public record Recipe(
        String model,
        String device,
        List<DataRecipe> data,
        double dev,
        Schedule.Settings batches,
        ComposerRecipe composer,
        TrainerSettings training) {
    /** @throws BadConfig if the share of dev queries does not fit */
    public Recipe {
        data = List.copyOf(data);
        if (!(dev >= 0 && dev < 1)) {
            throw new BadConfig("The share of dev queries must be from 0 to below 1, got " + dev + ".");
        }
    }

    /**
     * Reads a file.
     *
     * @throws BadInput if it cannot be read or is no YAML
     * @throws BadConfig with the file's name if a key is unknown or a value does not fit
     */
    public static Recipe read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new BadInput("cannot read the recipe " + file + ": " + e + "; check the path", e);
        }
        return parse(text, file.toString());
    }

    static Recipe parse(String text, String from) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(from).build()).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new BadInput(from + line + ": this is no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new BadInput(
                    from + ": this is no YAML: "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        }
        YamlNode node = YamlNode.of(from, root == null ? Map.of() : root);
        String model = node.text("model", "bge-small");
        String device = node.text("device", "auto");
        List<DataRecipe> data = node.maps("data").stream().map(DataRecipe::read).toList();
        double dev = node.number("dev", 0.1);
        YamlNode batches = node.map("batches");
        Recipe recipe = new Recipe(
                model,
                device,
                data,
                dev,
                batches(batches),
                new ComposerRecipe(batches.text("composer", "mixed"), batches.whole("topics", 0)),
                training(node.map("training")));
        batches.close();
        node.close();
        return recipe;
    }

    /** {@return a recipe with every key and its usual value, for JSON lines in {@code train.jsonl}} */
    public static String example() {
        return "# Every key with its usual value; keys may be left out, all but the path of the data.\n"
                + parse("data: [{path: train.jsonl}]", "example").yaml();
    }

    private static Schedule.Settings batches(YamlNode node) {
        return new Schedule.Settings(
                node.whole("size", 32), node.whole("negatives", 7), node.whole("bucket", 16), node.whole("seed", 0));
    }

    private static TrainerSettings training(YamlNode node) {
        TrainerSettings usual = TrainerSettings.of(node.whole("steps", 1_000), node.number("learning-rate", 2e-5));
        LearningRate rate = new LearningRate(
                usual.learningRate().peak(),
                node.number("learning-rate-floor", usual.learningRate().floor()),
                node.whole("warmup", usual.learningRate().warmup()));
        TrainerSettings training = new TrainerSettings(
                usual.steps(),
                rate,
                node.number("weight-decay", usual.weightDecay()),
                node.number("beta1", usual.beta1()),
                node.number("beta2", usual.beta2()),
                node.number("clip", usual.clip()),
                node.whole("accumulate", usual.accumulate()),
                node.whole("chunk", usual.chunk()),
                node.flag("bf16", usual.bf16()),
                node.whole("evaluate-every", usual.evaluateEvery()),
                node.whole("snapshot-every", usual.snapshotEvery()),
                node.whole("seed", (int) usual.seed()));
        node.close();
        return training;
    }

    /** {@return the recipe with every value written out; reading it gives this recipe} */
    public String yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("model", model);
        yaml.put("device", device);
        yaml.put("data", data.stream().map(DataRecipe::yaml).toList());
        yaml.put("dev", dev);
        Map<String, Object> cut = new LinkedHashMap<>();
        cut.put("size", batches.batchSize());
        cut.put("negatives", batches.negatives());
        cut.put("bucket", batches.bucket());
        cut.put("seed", batches.seed());
        cut.put("composer", composer.composer());
        cut.put("topics", composer.topics());
        yaml.put("batches", cut);
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("steps", training.steps());
        run.put("learning-rate", training.learningRate().peak());
        run.put("learning-rate-floor", training.learningRate().floor());
        run.put("warmup", training.learningRate().warmup());
        run.put("weight-decay", training.weightDecay());
        run.put("beta1", training.beta1());
        run.put("beta2", training.beta2());
        run.put("clip", training.clip());
        run.put("accumulate", training.accumulate());
        run.put("chunk", training.chunk());
        run.put("bf16", training.bf16());
        run.put("evaluate-every", training.evaluateEvery());
        run.put("snapshot-every", training.snapshotEvery());
        run.put("seed", training.seed());
        yaml.put("training", run);
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(yaml);
    }
}
