package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object with the place it came from.
 *
 * @param node the object
 * @param where {@code file:line}
 */
public record JsonRow(ObjectNode node, String where) {
    /**
     * {@return a text}
     *
     * @throws BadInput if the key is missing or its value is no text
     */
    public String text(String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw error("'" + key + "' is missing; keys are " + String.join(", ", node.propertyNames()));
        }
        return text(key, value);
    }

    /**
     * {@return a text, or {@code absent} if the key is missing or null}
     *
     * @throws BadInput if its value is no text
     */
    public String text(String key, String absent) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? absent : text(key, value);
    }

    private String text(String key, JsonNode value) {
        if (!value.isString()) {
            throw error("'" + key + "' must be a text, got " + shown(value));
        }
        return value.stringValue();
    }

    /**
     * {@return the id under {@code _id} or {@code id}: a text that is not blank, or a whole number}
     *
     * @throws BadInput if it is missing or neither, or if both keys are there and differ
     */
    public String id() {
        JsonNode underscored = node.get("_id");
        JsonNode plain = node.get("id");
        if (underscored != null && plain != null && !underscored.equals(plain)) {
            throw error("both 'id' and '_id' are given: " + shown(plain) + " and " + shown(underscored) + "; keep one");
        }
        JsonNode value = underscored == null ? plain : underscored;
        if (value == null) {
            throw error("the id is missing: expected '_id' or 'id'"
                    + (node.isEmpty() ? "" : "; keys are " + String.join(", ", node.propertyNames())));
        }
        if (value.isIntegralNumber()) {
            return value.asString();
        }
        if (!value.isString()) {
            throw error("the id must be a text, got " + shown(value));
        }
        if (value.stringValue().isBlank()) {
            throw error("the id is blank");
        }
        return value.stringValue();
    }

    /** {@return an error at this row} */
    public BadInput error(String what) {
        return new BadInput(where + ": " + what);
    }

    /** {@return a value as messages show it: its kind, and its text cut to one line} */
    static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> {
                String text = value.toString();
                yield text.length() <= 60 ? text : text.substring(0, 57) + "...";
            }
        };
    }
}
