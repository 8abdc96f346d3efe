package dev.sidereal.core.format;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item as a JSON object: {@code id} or {@code _id}, {@code title}, {@code text}, {@code sections} (objects with
 * {@code id}, {@code heading}, {@code text}), {@code acl} (reader tokens), and fields: the entries of {@code fields} and
 * {@code metadata} and every other key.
 *
 * <p>The type of a field that is not declared follows from its value: true and false, number, ISO date or date-time with
 * zone (a bare date is midnight UTC), other text (keyword), array of texts (set); null is absent, anything else is
 * refused. A declared type overrides this. What {@link #write} writes, an instance that declares the item's field types
 * reads back equal; without declarations, keywords that look like dates come back as dates. Immutable.
 */
public final class ItemJson {
    private static final Set<String> RESERVED =
            Set.of("_id", "id", "title", "text", "sections", "acl", "fields", "metadata");

    private final Map<String, FieldType> declared;

    /** A reader that knows the types of some fields. */
    public ItemJson(Map<String, FieldType> declared) {
        this.declared = Map.copyOf(declared);
    }

    /**
     * Reads an item.
     *
     * @throws BadInput if the row is no item; the message has file, line and field
     */
    public Item read(JsonRow row) {
        return new Item(row.id(), row.text("title", ""), row.text("text", ""), sections(row), fields(row), acl(row));
    }

    private static List<Section> sections(JsonRow row) {
        JsonNode array = row.node().path("sections");
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw row.error("'sections' must be an array of objects, got " + JsonRow.shown(array));
        }
        List<Section> sections = new ArrayList<>();
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw row.error("'sections' must hold objects, got " + JsonRow.shown(element));
            }
            JsonRow part = new JsonRow(object, row.where() + ": section " + (sections.size() + 1));
            for (String key : object.propertyNames()) {
                if (!Set.of("id", "heading", "text").contains(key)) {
                    throw part.error("unknown key '" + key + "'; expected id, heading, text");
                }
            }
            sections.add(new Section(part.text("id", ""), part.text("heading", ""), part.text("text", "")));
        }
        return sections;
    }

    private static Acl acl(JsonRow row) {
        JsonNode array = row.node().path("acl");
        if (array.isMissingNode()) {
            return Acl.unstated();
        }
        if (!array.isArray()) {
            throw row.error("'acl' must be an array of readers such as [\"user:ann\", \"group:staff\"], got "
                    + JsonRow.shown(array) + "; write [] for nobody, or leave it out to follow the catalogue");
        }
        List<String> readers = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isString()) {
                throw row.error("'acl' must hold texts, got " + JsonRow.shown(element));
            }
            readers.add(element.stringValue());
        }
        try {
            return Acl.readers(readers);
        } catch (BadInput e) {
            throw new BadInput(row.where() + ": 'acl': " + e.getMessage(), e);
        }
    }

    private SortedMap<String, FieldValue> fields(JsonRow row) {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        ObjectNode node = row.node();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!RESERVED.contains(entry.getKey())) {
                addField(fields, row, entry.getKey(), entry.getValue());
            }
        }
        for (String key : List.of("fields", "metadata")) {
            JsonNode nested = node.path(key);
            if (nested instanceof ObjectNode object) {
                object.properties().forEach(e -> addField(fields, row, e.getKey(), e.getValue()));
            } else if (!nested.isMissingNode() && !nested.isNull()) {
                throw row.error("'" + key + "' must be an object of fields, got " + JsonRow.shown(nested));
            }
        }
        return fields;
    }

    private void addField(SortedMap<String, FieldValue> fields, JsonRow row, String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (name.isBlank()) {
            throw row.error("a field has a blank name");
        }
        FieldType type = declared.get(name);
        try {
            if (fields.put(name, type == null ? FieldJson.infer(value) : FieldJson.read(value, type)) != null) {
                throw row.error(
                        "field '" + name + "' is given twice, in 'fields' or 'metadata' and beside it; keep one");
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput(row.where() + ": field '" + name + "': " + e.getMessage(), e);
        }
    }

    /** {@return the item as a JSON object; what is empty or not stated is left out} */
    public static ObjectNode write(Item item) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", item.id());
        putText(node, "title", item.title());
        putText(node, "text", item.text());
        if (!item.sections().isEmpty()) {
            ArrayNode sections = node.putArray("sections");
            for (Section section : item.sections()) {
                ObjectNode part = sections.addObject();
                putText(part, "id", section.id());
                putText(part, "heading", section.heading());
                putText(part, "text", section.text());
            }
        }
        if (item.acl().stated()) {
            item.acl().readers().forEach(node.putArray("acl")::add);
        }
        if (!item.fields().isEmpty()) {
            ObjectNode fields = node.putObject("fields");
            item.fields().forEach((name, value) -> fields.set(name, FieldJson.write(value)));
        }
        return node;
    }

    private static void putText(ObjectNode node, String key, String text) {
        if (!text.isEmpty()) {
            node.put(key, text);
        }
    }
}
