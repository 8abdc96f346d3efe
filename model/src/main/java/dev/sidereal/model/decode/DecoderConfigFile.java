package dev.sidereal.model.decode;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code config.json} of a decoder in Hugging Face's layout. Read are the architectures LlamaForCausalLM,
 * LlamaModel, Qwen3ForCausalLM and Qwen3Model; what these decoders do not compute (sliding windows, biases, other
 * rotary scalings, quantised weights) is refused, never ignored. Keys that are not there have the values of
 * transformers.
 */
public final class DecoderConfigFile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int QWEN3_HEAD_DIM = 128;
    private static final double ROPE_THETA = 10_000;
    private static final double NORM_EPSILON = 1e-6;

    private final Path file;
    private final JsonNode root;

    private DecoderConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a shape.
     *
     * @throws BadInput if there is no such file, it is not JSON, a value is missing or out of range, or the model is of
     *     another kind than {@link DecoderConfig} describes
     */
    public static DecoderConfig read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("There is no file " + file + "; expected the config.json of a checkpoint.");
        }
        try {
            return new DecoderConfigFile(file, JSON.readTree(file)).config();
        } catch (JacksonException e) {
            throw new BadInput(file + " is not JSON (" + e.getOriginalMessage() + "); download it again.", e);
        } catch (BadConfig e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a shape as LlamaForCausalLM or, where heads are normalised, Qwen3ForCausalLM, atomically.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static void write(DecoderConfig config, Path file) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of(config.headNorms() ? "Qwen3ForCausalLM" : "LlamaForCausalLM"));
        keys.put("model_type", config.headNorms() ? "qwen3" : "llama");
        keys.put("hidden_size", config.hidden());
        keys.put("num_hidden_layers", config.layers());
        keys.put("num_attention_heads", config.heads());
        keys.put("num_key_value_heads", config.kvHeads());
        keys.put("head_dim", config.headDim());
        keys.put("intermediate_size", config.intermediate());
        keys.put("vocab_size", config.vocabulary());
        keys.put("max_position_embeddings", config.maxPositions());
        keys.put("rope_theta", config.ropeTheta());
        if (config.ropeScaling().factor() != 1) {
            keys.put("rope_scaling", scalingKeys(config.ropeScaling()));
        }
        keys.put("rms_norm_eps", config.normEpsilon());
        keys.put("hidden_act", "silu");
        keys.put("attention_bias", false);
        keys.put("tie_word_embeddings", config.tied());
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(keys);
        AtomicFile.write(file, out -> out.write(json));
    }

    private static Map<String, Object> scalingKeys(RopeScaling scaling) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("rope_type", "llama3");
        keys.put("factor", scaling.factor());
        keys.put("low_freq_factor", scaling.lowFrequency());
        keys.put("high_freq_factor", scaling.highFrequency());
        keys.put("original_max_position_embeddings", scaling.originalPositions());
        return keys;
    }

    private DecoderConfig config() {
        boolean qwen3 = isQwen3();
        refuse();
        int hidden = whole("hidden_size");
        int heads = whole("num_attention_heads");
        JsonNode rope = rope();
        return new DecoderConfig(
                hidden,
                whole("num_hidden_layers"),
                heads,
                whole("num_key_value_heads", heads),
                whole("head_dim", qwen3 ? QWEN3_HEAD_DIM : Math.max(1, hidden / heads)),
                whole("intermediate_size"),
                whole("vocab_size"),
                whole("max_position_embeddings"),
                number(rope.has("rope_theta") ? rope : root, "rope_theta", ROPE_THETA),
                scaling(rope),
                number(root, "rms_norm_eps", NORM_EPSILON),
                qwen3,
                flag("tie_word_embeddings"));
    }

    private boolean isQwen3() {
        String architecture = root.path("architectures").path(0).asString("");
        return switch (architecture) {
            case "Qwen3ForCausalLM", "Qwen3Model" -> true;
            case "LlamaForCausalLM", "LlamaModel" -> false;
            default ->
                throw bad("the architecture \"" + architecture + "\" is not supported; supported are "
                        + "LlamaForCausalLM, LlamaModel, Qwen3ForCausalLM and Qwen3Model");
        };
    }

    /** Refuses what {@link DecoderConfig} cannot say. */
    private void refuse() {
        boolean sliding = flag("use_sliding_window");
        for (JsonNode layer : root.path("layer_types")) {
            sliding |= !layer.asString("").equals("full_attention");
        }
        if (sliding) {
            throw bad(
                    "its attention looks through a sliding window, which is not supported; use a checkpoint with full "
                            + "attention");
        }
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            if (flag(bias)) {
                throw bad(bias + " is true, linear maps with a bias are not supported");
            }
        }
        if (root.hasNonNull("quantization_config")) {
            throw bad("the weights are quantised ("
                    + root.path("quantization_config").path("quant_method").asString("unknown method")
                    + "), which is not supported; use the checkpoint in BF16 or F32");
        }
        String activation = root.path("hidden_act").asString("silu");
        if (!activation.equals("silu")) {
            throw bad("the activation \"" + activation + "\" is not supported, expected \"silu\"");
        }
    }

    /** {@return the object about rotary positions, under its newer or older key; an empty one if there is none} */
    private JsonNode rope() {
        for (String key : List.of("rope_parameters", "rope_scaling")) {
            if (root.path(key).isObject()) {
                return root.path(key);
            }
        }
        return JSON.createObjectNode();
    }

    private RopeScaling scaling(JsonNode rope) {
        String type = rope.path(rope.has("rope_type") ? "rope_type" : "type").asString("default");
        return switch (type) {
            case "default" -> RopeScaling.NONE;
            case "llama3" ->
                new RopeScaling(
                        number(rope, "factor"), number(rope, "low_freq_factor"), number(rope, "high_freq_factor"), (int)
                                number(rope, "original_max_position_embeddings"));
            default ->
                throw bad("the rotary positions are of type \"" + type
                        + "\", which is not supported; supported are \"default\" and \"llama3\"");
        };
    }

    private int whole(String key) {
        JsonNode value = root.path(key);
        if (!value.isInt() || value.intValue() < 1) {
            throw bad("\"" + key + "\" must be a whole number above 0, got "
                    + (value.isMissingNode() ? "nothing" : value));
        }
        return value.intValue();
    }

    private int whole(String key, int otherwise) {
        return root.hasNonNull(key) ? whole(key) : otherwise;
    }

    private double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isNumber() || !(value.doubleValue() > 0)) {
            throw bad("\"" + key + "\" must be a number above 0, got " + (value.isMissingNode() ? "nothing" : value));
        }
        return value.doubleValue();
    }

    private double number(JsonNode node, String key, double otherwise) {
        return node.hasNonNull(key) ? number(node, key) : otherwise;
    }

    private boolean flag(String key) {
        JsonNode value = root.path(key);
        if (!value.isBoolean() && !value.isMissingNode() && !value.isNull()) {
            throw bad("\"" + key + "\" must be true or false, got " + value);
        }
        return value.asBoolean(false);
    }

    private BadInput bad(String what) {
        return new BadInput(file + ": " + what + ".");
    }
}
