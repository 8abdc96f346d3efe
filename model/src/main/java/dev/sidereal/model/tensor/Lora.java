package dev.sidereal.model.tensor;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.ConfigFile;
import dev.sidereal.model.weights.Safetensors;
import dev.sidereal.model.weights.SafetensorsWriter;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Low-rank changes of some of a model's linear maps, trained in place of its weights, and their files in the layout of
 * PEFT. Owns the changes: close it after the last use of the maps, or {@link #detach} first. Not thread-safe. Source:
 * Hu et al., arXiv 2106.09685.
 */
public final class Lora implements AutoCloseable {
    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";

    private final Settings settings;
    private final Parameters parameters = new Parameters();
    private final Map<String, Linear> maps = new LinkedHashMap<>();

    private Lora(Settings settings) {
        this.settings = settings;
    }

    /**
     * What is changed and how much.
     *
     * @param rank directions of each change
     * @param alpha changes are scaled by {@code alpha / rank}
     * @param dropout of a change's input while training
     * @param targets last parts of the names of maps, such as {@code query}
     */
    public record Settings(int rank, double alpha, double dropout, List<String> targets) {
        /** @throws BadConfig naming the value that does not fit */
        public Settings {
            targets = List.copyOf(targets);
            if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
                throw new BadConfig(
                        "A low-rank change needs a rank of at least 1, an alpha above 0 and a dropout from 0"
                                + " to below 1, got " + rank + ", " + alpha + " and " + dropout + ".");
            }
        }

        private boolean takes(String name) {
            return targets.stream().anyMatch(target -> name.equals(target) || name.endsWith("." + target));
        }
    }

    /**
     * Puts changes that do nothing yet beside the maps that the settings name. Freeze the model's own parameters to
     * train the changes alone.
     *
     * @throws BadConfig if a target names none of the maps
     */
    public static Lora attach(List<Linear> maps, Settings settings) {
        for (String target : settings.targets()) {
            Settings one = new Settings(settings.rank(), settings.alpha(), settings.dropout(), List.of(target));
            if (maps.stream().noneMatch(map -> one.takes(map.name()))) {
                throw new BadConfig("No linear map of the model is named \"" + target + "\"; its maps are named "
                        + endings(maps) + ".");
            }
        }
        Lora lora = new Lora(settings);
        try (TensorScope _ = new TensorScope()) {
            for (Linear map : maps) {
                if (settings.takes(map.name())) {
                    lora.put(map, lora.random(map), zeros(map, settings.rank()), settings.alpha() / settings.rank());
                }
            }
        }
        return lora;
    }

    /** Even numbers up to one over the root of the input's width, as PEFT draws them. */
    private Tensor random(Linear map) {
        Tensor weight = map.weight();
        Tensor even = Tensors.uniform(weight.dtype(), weight.device(), settings.rank(), weight.size(1));
        return even.mul(2).add(-1).div(Math.sqrt(weight.size(1)));
    }

    private static Tensor zeros(Linear map, int rank) {
        return Tensors.zeros(
                map.weight().dtype(), map.weight().device(), map.weight().size(0), rank);
    }

    private void put(Linear map, Tensor a, Tensor b, double scale) {
        Tensor down = parameters.add(PREFIX + map.name() + A, a);
        Tensor up = parameters.add(PREFIX + map.name() + B, b);
        map.attach(new LowRank(down, up, scale, settings.dropout()));
        maps.put(map.name(), map);
    }

    private static List<String> endings(List<Linear> maps) {
        return maps.stream()
                .map(map -> map.name().substring(map.name().lastIndexOf('.') + 1))
                .distinct()
                .toList();
    }

    /**
     * Puts the changes of a PEFT folder beside the maps they were trained for.
     *
     * @throws BadInput if a file is missing or wrong, or the changes are of another model or another kind
     */
    public static Lora load(Path folder, List<Linear> maps) {
        ConfigFile config = ConfigFile.read(folder.resolve(CONFIG));
        Settings settings = settings(config);
        Lora lora = new Lora(settings);
        try (WeightSource weights = Safetensors.open(folder.resolve(WEIGHTS));
                TensorScope _ = new TensorScope()) {
            for (String name : weights.names()) {
                if (name.endsWith(A)) {
                    String target = name.substring(0, name.length() - A.length());
                    Linear map = find(target, maps, weights);
                    lora.put(
                            map,
                            lora.read(weights.tensor(name), map),
                            lora.read(weights.tensor(target + B), map),
                            settings.alpha() / settings.rank());
                }
            }
            return lora;
        } catch (RuntimeException e) {
            lora.detach();
            lora.close();
            throw e;
        }
    }

    private static Settings settings(ConfigFile config) {
        JsonNode root = config.root();
        String type = config.required("peft_type").asString("");
        if (!type.equals("LORA")
                || config.flag("use_dora")
                || config.flag("fan_in_fan_out")
                || !root.path("bias").asString("none").equals("none")
                || !root.path("rank_pattern").isEmpty()
                || !root.path("alpha_pattern").isEmpty()) {
            throw new BadInput(config.file() + ": supported are changes of peft_type LORA without DoRA, biases, "
                    + "fan_in_fan_out and patterns of ranks or alphas; train the adapter anew without them.");
        }
        List<String> targets = root.path("target_modules")
                .valueStream()
                .map(t -> t.asString(""))
                .toList();
        int rank = config.positive("r");
        // Rank-stabilised changes are scaled by alpha over the root of the rank.
        double stabiliser = config.flag("use_rslora") ? Math.sqrt(rank) : 1;
        return new Settings(
                rank,
                stabiliser * config.required("lora_alpha").asDouble(0),
                root.path("lora_dropout").asDouble(0),
                targets);
    }

    private static Linear find(String target, List<Linear> maps, WeightSource weights) {
        return maps.stream()
                .filter(map -> target.equals(PREFIX + map.name()) || target.endsWith("." + map.name()))
                .findFirst()
                .orElseThrow(() -> new BadInput(weights.from() + " changes " + target
                        + ", which the model does not have; it was trained for another model."));
    }

    private Tensor read(StoredTensor stored, Linear map) {
        return Tensors.over(stored)
                .copy()
                .to(map.weight().dtype())
                .to(map.weight().device());
    }

    /**
     * Writes the changes as PEFT does: {@code adapter_config.json} and {@code adapter_model.safetensors}, each
     * atomically.
     *
     * @param baseModel name of the model they belong to, for those who read the file
     * @throws dev.sidereal.core.error.Unavailable if they cannot be written
     */
    public void save(Path folder, String baseModel) {
        SafetensorsWriter writer = new SafetensorsWriter();
        parameters.stored().forEach(writer::add);
        writer.write(folder.resolve(WEIGHTS));
        byte[] json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(config(baseModel));
        AtomicFile.write(folder.resolve(CONFIG), out -> out.write(json));
    }

    private ObjectNode config(String baseModel) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("peft_type", "LORA");
        json.putNull("task_type");
        json.put("base_model_name_or_path", baseModel);
        json.put("inference_mode", true);
        json.put("r", settings.rank());
        json.put("lora_alpha", settings.alpha());
        json.put("lora_dropout", settings.dropout());
        settings.targets().forEach(json.putArray("target_modules")::add);
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("use_rslora", false);
        json.put("use_dora", false);
        json.putNull("modules_to_save");
        return json;
    }

    /** {@return the numbers that are trained} */
    public Parameters parameters() {
        return parameters;
    }

    /** {@return what is changed} */
    public Settings settings() {
        return settings;
    }

    /** Adds all changes to the weights, so that they cost nothing; see {@link Linear#merge}. */
    public void merge() {
        maps.values().forEach(Linear::merge);
    }

    /** Restores the weights exactly. */
    public void unmerge() {
        maps.values().forEach(Linear::unmerge);
    }

    /** Takes all changes away from the maps, whose weights are then exactly what they were. */
    public void detach() {
        maps.values().forEach(Linear::detach);
        maps.clear();
    }

    /** Frees the changes. */
    @Override
    public void close() {
        parameters.close();
    }
}
