package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
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
 * @param model as {@link dev.sidereal.model.GradientEncoder#open} takes it
 * @param device {@code cpu}, {@code cuda:0} or {@code auto}
 * @param stages at least one, one after the other. A recipe of one stage has its keys beside the model's, one of several
 *     a list {@code stages}
 */
public record Recipe(String model, String device, List<Stage> stages) {
    public Recipe {
        stages = List.copyOf(stages);
    }

    /** {@return steps of all stages} */
    public int steps() {
        return stages.stream().mapToInt(stage -> stage.training().steps()).sum();
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
        Recipe recipe = new Recipe(
                node.text("model", "bge-small"),
                node.text("device", "auto"),
                node.has("stages")
                        ? node.maps("stages").stream().map(Recipe::stage).toList()
                        : List.of(Stage.read(node)));
        node.close();
        return recipe;
    }

    /** {@return a recipe with every key and its usual value, for JSON lines in {@code train.jsonl}} */
    public static String example() {
        return "# Every key with its usual value; keys may be left out, all but the path of the data.\n"
                + parse("data: [{path: train.jsonl}]", "example").yaml();
    }

    private static Stage stage(YamlNode node) {
        Stage stage = Stage.read(node);
        node.close();
        return stage;
    }

    private static Map<String, Object> yaml(Stage stage) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        stage.addTo(yaml);
        return yaml;
    }

    /** {@return the recipe with every value written out; reading it gives this recipe} */
    public String yaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("model", model);
        yaml.put("device", device);
        if (stages.size() == 1) {
            stages.getFirst().addTo(yaml);
        } else {
            yaml.put("stages", stages.stream().map(Recipe::yaml).toList());
        }
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(yaml);
    }
}
