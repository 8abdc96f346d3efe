package dev.sidereal.model;

import dev.sidereal.core.error.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON file of a model's folder, with messages that name file and key.
 *
 * @param root its content
 */
public record ConfigFile(Path file, JsonNode root) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws BadInput if there is no such file or it is not JSON */
    public static ConfigFile read(Path file) {
        try {
            return new ConfigFile(file, JSON.readTree(existing(file)));
        } catch (JacksonException e) {
            throw new BadInput(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("The model's folder has no " + file
                    + "; copy it from the model's page, it says how the model wants to be used.");
        }
        return file;
    }

    /** @throws BadInput if the key is missing */
    public JsonNode required(String key) {
        JsonNode value = root.path(key);
        if (value.isMissingNode() || value.isNull()) {
            throw new BadInput(file + ": the key \"" + key + "\" is missing; add it as the model's page says"
                    + (key.equals("prompts") ? ", {} if the model wants no prompts." : "."));
        }
        return value;
    }

    /** @throws BadInput if the key is missing or its value is no whole number above 0 */
    public int positive(String key) {
        JsonNode value = required(key);
        if (!value.isInt() || value.intValue() < 1) {
            throw new BadInput(file + ": \"" + key + "\" must be a whole number above 0, got " + value + ".");
        }
        return value.intValue();
    }

    /**
     * {@return the value of a switch; false where it is not there}
     *
     * @throws BadInput if its value is something else
     */
    public boolean flag(String key) {
        JsonNode value = root.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new BadInput(file + ": \"" + key + "\" must be true or false, got " + value + ".");
        }
        return value.asBoolean(false);
    }
}
