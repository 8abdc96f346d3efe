package dev.sidereal.model.chat;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.decode.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a chat model answers where a request does not say otherwise.
 *
 * @param name of the model, in answers
 * @param endTokens ids that end an answer
 * @param variables names that the template may use, for example {@code enable_thinking}
 * @param timeout how long an answer may take before it is given as it stands
 */
public record ChatSettings(
        String name,
        GenerationSettings generation,
        Set<Integer> endTokens,
        Map<String, Object> variables,
        Duration timeout) {
    /** No limit of time worth the name. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    private static final int MAX_TOKENS = 1024;

    /** What transformers draws from where a checkpoint samples but does not say of how many. */
    private static final int TOP_K = 50;

    /** @throws BadConfig if the timeout is not above zero */
    public ChatSettings {
        endTokens = Set.copyOf(endTokens);
        variables = Map.copyOf(variables);
        if (timeout.isZero() || timeout.isNegative()) {
            throw new BadConfig("The timeout of an answer must be above 0, got " + timeout + ".");
        }
    }

    /** {@return greedy answers of up to 1,024 tokens} */
    public static ChatSettings of(String name, Set<Integer> endTokens) {
        return new ChatSettings(name, GenerationSettings.greedy(MAX_TOKENS), endTokens, Map.of(), FOREVER);
    }

    /**
     * {@return the defaults of a checkpoint's {@code generation_config.json}, end tokens also of its {@code config.json}}
     * Nothing else reads them: constrained search never does.
     *
     * @throws BadInput if a file is no JSON, a value is out of range, or neither names an end token
     */
    public static ChatSettings read(Path folder) {
        Path file = folder.resolve("generation_config.json");
        JsonNode root = json(file);
        Set<Integer> ends = ends(root.path("eos_token_id"));
        if (ends.isEmpty()) {
            ends = ends(json(folder.resolve("config.json")).path("eos_token_id"));
        }
        if (ends.isEmpty()) {
            throw new BadInput(
                    "Neither " + file + " nor the config.json beside it names an eos_token_id; add the id of the "
                            + "token that ends an answer.");
        }
        try {
            GenerationSettings generation =
                    new GenerationSettings(root.path("max_new_tokens").asInt(MAX_TOKENS), List.of(), sampling(root));
            return new ChatSettings(
                    String.valueOf(folder.toAbsolutePath().getFileName()), generation, ends, Map.of(), FOREVER);
        } catch (BadConfig e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    /** {@return the same with other ways to generate} */
    public ChatSettings withGeneration(GenerationSettings value) {
        return new ChatSettings(name, value, endTokens, variables, timeout);
    }

    /** {@return the same with other names for the template} */
    public ChatSettings withVariables(Map<String, Object> value) {
        return new ChatSettings(name, generation, endTokens, value, timeout);
    }

    /** {@return the same with another limit of time} */
    public ChatSettings withTimeout(Duration value) {
        return new ChatSettings(name, generation, endTokens, variables, value);
    }

    private static Sampling sampling(JsonNode root) {
        double penalty = root.path("repetition_penalty").asDouble(1);
        if (!root.path("do_sample").asBoolean(false)) {
            return Sampling.GREEDY.withRepetitionPenalty(penalty);
        }
        return new Sampling(
                root.path("temperature").asDouble(1),
                root.path("top_k").asInt(TOP_K),
                root.path("top_p").asDouble(1),
                root.path("min_p").asDouble(0),
                penalty,
                0);
    }

    private static Set<Integer> ends(JsonNode ids) {
        Set<Integer> ends = new LinkedHashSet<>();
        for (JsonNode id :
                ids.isArray() ? ids : JsonMapper.shared().createArrayNode().add(ids)) {
            if (id.isInt()) {
                ends.add(id.intValue());
            }
        }
        return ends;
    }

    private static JsonNode json(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? JsonMapper.shared().readTree(file)
                    : JsonMapper.shared().createObjectNode();
        } catch (JacksonException e) {
            throw new BadInput(file + " is not JSON (" + e.getOriginalMessage() + "); download it again.", e);
        }
    }
}
