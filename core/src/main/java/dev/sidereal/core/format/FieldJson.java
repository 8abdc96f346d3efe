package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import java.time.Instant;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Field values in JSON. Where a value does not fit, the exception's message says what was expected. */
final class FieldJson {
    private FieldJson() {}

    /** Reads a value whose type follows from its form. */
    static FieldValue infer(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> new FieldValue.Flag(value.booleanValue());
            case NUMBER -> number(value);
            case ARRAY -> keywords(value);
            case STRING -> {
                Instant instant = FieldText.dateOrNull(value.stringValue());
                yield instant == null ? new FieldValue.Keyword(value.stringValue()) : new FieldValue.Timestamp(instant);
            }
            default -> throw unfit("a text, number, true, false or an array of texts", value);
        };
    }

    /** Reads a value of a declared type; texts are parsed, and a keyword may be written as number or flag. */
    static FieldValue read(JsonNode value, FieldType type) {
        return switch (type) {
            case KEYWORD -> {
                if (!value.isValueNode()) {
                    throw unfit("a text", value);
                }
                yield new FieldValue.Keyword(value.asString());
            }
            case NUMBER -> value.isNumber() ? number(value) : FieldText.parse(text(value, "a number"), type);
            case DATE -> FieldText.parse(text(value, "a date as text"), type);
            case BOOLEAN ->
                value.isBoolean()
                        ? new FieldValue.Flag(value.booleanValue())
                        : FieldText.parse(text(value, "true or false"), type);
            case SET -> value.isString() ? keywords(array(value)) : keywords(value);
        };
    }

    private static FieldValue number(JsonNode value) {
        return new FieldValue.Numeric(FieldText.number(value.asString()));
    }

    private static FieldValue keywords(JsonNode value) {
        if (!value.isArray()) {
            throw unfit("an array of texts", value);
        }
        TreeSet<String> values = new TreeSet<>();
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw new IllegalArgumentException(
                        "expected an array of texts, got one with " + JsonRow.shown(element) + " in it");
            }
            values.add(element.stringValue());
        }
        return new FieldValue.Keywords(values);
    }

    private static ArrayNode array(JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    private static String text(JsonNode value, String expected) {
        if (!value.isString()) {
            throw unfit(expected, value);
        }
        return value.stringValue();
    }

    private static IllegalArgumentException unfit(String expected, JsonNode value) {
        return new IllegalArgumentException("expected " + expected + ", got " + JsonRow.shown(value));
    }

    /** {@return the value in the form that {@link #read} takes for its type} */
    static JsonNode write(FieldValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case FieldValue.Keyword k -> nodes.stringNode(k.value());
            case FieldValue.Numeric n -> nodes.numberNode(n.value());
            case FieldValue.Timestamp t -> nodes.stringNode(t.value().toString());
            case FieldValue.Flag f -> nodes.booleanNode(f.value());
            case FieldValue.Keywords set -> {
                ArrayNode array = nodes.arrayNode();
                set.values().forEach(array::add);
                yield array;
            }
        };
    }
}
