package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.tensor.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The {@code config.json} of Hugging Face for a decoder: Qwen3 where heads have norms, Llama otherwise. */
final class ConfigJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ConfigJson() {}

    static byte[] of(DecoderConfig config, DType type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architectures", List.of(config.headNorms() ? "Qwen3ForCausalLM" : "LlamaForCausalLM"));
        json.put("model_type", config.headNorms() ? "qwen3" : "llama");
        json.put("hidden_act", "silu");
        json.put("hidden_size", config.hidden());
        json.put("intermediate_size", config.intermediate());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.heads());
        json.put("num_key_value_heads", config.kvHeads());
        json.put("head_dim", config.headDim());
        json.put("vocab_size", config.vocabulary());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("rope_theta", config.ropeTheta());
        RopeScaling scaling = config.ropeScaling();
        if (!scaling.equals(RopeScaling.NONE)) {
            Map<String, Object> rope = new LinkedHashMap<>();
            rope.put("rope_type", "llama3");
            rope.put("factor", scaling.factor());
            rope.put("low_freq_factor", scaling.lowFrequency());
            rope.put("high_freq_factor", scaling.highFrequency());
            rope.put("original_max_position_embeddings", scaling.originalPositions());
            json.put("rope_scaling", rope);
        }
        json.put("rms_norm_eps", config.normEpsilon());
        json.put("attention_bias", false);
        json.put("tie_word_embeddings", config.tied());
        json.put("torch_dtype", name(type));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private static String name(DType type) {
        return switch (type) {
            case F64 -> "float64";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> "float32";
        };
    }
}
