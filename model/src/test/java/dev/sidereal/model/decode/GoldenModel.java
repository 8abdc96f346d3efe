package dev.sidereal.model.decode;

import dev.sidereal.model.weights.Safetensors;
import dev.sidereal.model.weights.WeightSource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Tiny random decoders with logits that llama.cpp gave for them; {@code src/test/golden} tells how they were made. */
public enum GoldenModel {
    LLAMA,
    QWEN3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A prompt and scores.
     *
     * @param logits {@code double[positions][vocabulary]} after the last positions of the prompt: all of them or one
     */
    public record Golden(int[] tokens, double[][] logits) {}

    public DecoderConfig config() {
        return switch (this) {
            case LLAMA ->
                new DecoderConfig(32, 2, 4, 2, 16, 44, 96, 64, 5e5, new RopeScaling(8, 1, 4, 16), 1e-5, false, false);
            case QWEN3 -> new DecoderConfig(32, 2, 3, 1, 16, 40, 96, 64, 1e6, RopeScaling.NONE, 1e-6, true, true);
        };
    }

    /** {@return scores after every position of a prompt of 12 tokens} */
    public Golden shortPrompt() {
        return golden("short");
    }

    /** {@return scores after the last of 40 tokens} */
    public Golden longPrompt() {
        return golden("long");
    }

    public WeightSource weights() {
        return Safetensors.open(folder().resolve("model.safetensors"));
    }

    /** {@return a folder as Hugging Face has them} */
    public Path folder() {
        String path = "golden/" + name().toLowerCase(Locale.ROOT);
        try {
            return Path.of(Objects.requireNonNull(GoldenModel.class.getResource(path), path)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Golden golden(String name) {
        JsonNode golden = JSON.readTree(folder().resolve("logits.json")).get(name);
        return new Golden(
                JSON.convertValue(golden.get("tokens"), int[].class),
                JSON.convertValue(golden.get("logits"), double[][].class));
    }
}
