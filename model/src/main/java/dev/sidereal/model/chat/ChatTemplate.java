package dev.sidereal.model.chat;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.chat.jinja.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a checkpoint wants a conversation written: its {@code chat_template.jinja}, or {@code chat_template} of its
 * {@code tokenizer_config.json}. Immutable and thread-safe.
 */
public final class ChatTemplate {
    /** A character that no text holds (Unicode keeps it free for programs); marks where a special token was cut. */
    private static final char CUT = '\uFDD0';

    private final Template template;
    private final Map<String, String> specialTokens;

    private ChatTemplate(Template template, Map<String, String> specialTokens) {
        this.template = template;
        this.specialTokens = specialTokens;
    }

    /**
     * Reads the template of a checkpoint's folder.
     *
     * @throws BadInput if the folder has none or it cannot be read
     */
    public static ChatTemplate open(Path folder) {
        Path config = folder.resolve("tokenizer_config.json");
        JsonNode root = json(config);
        Map<String, String> special = new HashMap<>();
        for (String key : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
            JsonNode token = root.path(key).isObject() ? root.path(key).path("content") : root.path(key);
            if (token.isString()) {
                special.put(key, token.asString());
            }
        }
        Path own = folder.resolve("chat_template.jinja");
        try {
            return Files.isRegularFile(own)
                    ? of(Files.readString(own), own.toString(), special)
                    : of(embedded(root, config), config.toString(), special);
        } catch (IOException e) {
            throw new BadInput("The chat template " + own + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Reads a template.
     *
     * @param from where it comes from, for messages
     * @param specialTokens names that it may use, for example {@code bos_token}
     * @throws BadInput naming the line that cannot be read
     */
    public static ChatTemplate of(String jinja, String from, Map<String, String> specialTokens) {
        return new ChatTemplate(
                Template.parse(jinja, from, Clock.system(ZoneId.systemDefault())), Map.copyOf(specialTokens));
    }

    private static JsonNode json(Path config) {
        try {
            return Files.isRegularFile(config)
                    ? JsonMapper.shared().readTree(config)
                    : JsonMapper.shared().createObjectNode();
        } catch (JacksonException e) {
            throw new BadInput(config + " is not JSON (" + e.getOriginalMessage() + "); download it again.", e);
        }
    }

    /** One template, or several with names, of which "default" is the one for conversations. */
    private static String embedded(JsonNode root, Path config) {
        JsonNode template = root.path("chat_template");
        for (JsonNode named :
                template.isArray() ? template : JsonMapper.shared().createArrayNode()) {
            if (named.path("name").asString("").equals("default")) {
                template = named.path("template");
            }
        }
        if (!template.isString()) {
            throw new BadInput(
                    "There is no chat template in " + config + " and no chat_template.jinja beside it; use the "
                            + "checkpoint of a chat model, or give a template.");
        }
        return template.asString();
    }

    /**
     * {@return the conversation as the model reads it, up to where its answer begins}
     *
     * @param variables more names that the template may use, for example {@code enable_thinking}
     * @throws BadInput if the template refuses the messages, with its own words
     */
    public String render(List<ChatTurn> turns, Map<String, ?> variables) {
        Map<String, Object> all = new HashMap<>(specialTokens);
        all.putAll(variables);
        all.put(
                "messages",
                turns.stream()
                        .map(turn -> Map.of("role", turn.role(), "content", turn.content()))
                        .toList());
        all.put("add_generation_prompt", true);
        return template.render(all);
    }

    /**
     * {@return the tokens of {@link #render}} Special tokens count as such only where the template writes them: in a
     * message they are plain text, so that nobody can forge the turn of another role.
     */
    public int[] encode(List<ChatTurn> turns, Map<String, ?> variables, TextTokenizer tokenizer) {
        List<ChatTurn> plain = new ArrayList<>();
        for (ChatTurn turn : turns) {
            plain.add(new ChatTurn(turn.role(), cut(turn.content(), tokenizer)));
        }
        IntStream ids = IntStream.empty();
        for (String part : render(plain, variables).split(String.valueOf(CUT), -1)) {
            ids = IntStream.concat(ids, IntStream.of(tokenizer.encode(part)));
        }
        return ids.toArray();
    }

    private static String cut(String content, TextTokenizer tokenizer) {
        String text = content.replace(CUT, '\uFFFD');
        for (String special : tokenizer.special()) {
            if (!special.isEmpty()) {
                int first = special.offsetByCodePoints(0, 1);
                text = text.replace(special, special.substring(0, first) + CUT + special.substring(first));
            }
        }
        return text;
    }
}
