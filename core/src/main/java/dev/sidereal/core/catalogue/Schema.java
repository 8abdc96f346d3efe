package dev.sidereal.core.catalogue;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of a catalogue with their types. Immutable.
 *
 * @param fields field name to type
 */
public record Schema(SortedMap<String, FieldType> fields) {
    public Schema {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** {@return the schema without fields} */
    public static Schema empty() {
        return new Schema(new TreeMap<>());
    }

    /**
     * Parses {@code price=number,tags=set}.
     *
     * @throws BadConfig if a part is not of the form {@code FIELD=TYPE} or a field comes twice
     */
    public static Schema parse(String text) {
        SortedMap<String, FieldType> fields = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String field = equals < 0 ? "" : part.substring(0, equals).strip();
            String label = part.substring(equals + 1).strip();
            FieldType type = Arrays.stream(FieldType.values())
                    .filter(t -> !field.isEmpty() && t.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new BadConfig("'" + part + "' in the types '" + text
                            + "' is not of the form FIELD=TYPE; types are "
                            + Arrays.stream(FieldType.values())
                                    .map(FieldType::label)
                                    .collect(Collectors.joining(", "))));
            if (fields.put(field, type) != null) {
                throw new BadConfig("the types '" + text + "' name the field '" + field + "' twice");
            }
        }
        return new Schema(fields);
    }

    /**
     * The schema that also holds this item's fields; this one if it has nothing new.
     *
     * @throws BadInput if a field of the item has another type than the schema says
     */
    public Schema with(Item item) {
        SortedMap<String, FieldType> grown = null;
        for (Map.Entry<String, FieldValue> e : item.fields().entrySet()) {
            FieldType got = e.getValue().type();
            FieldType expected = fields.get(e.getKey());
            if (expected == null) {
                grown = grown == null ? new TreeMap<>(fields) : grown;
                grown.put(e.getKey(), got);
            } else if (expected != got) {
                throw new BadInput("item '" + item.id() + "': field '" + e.getKey() + "' is a " + got.label()
                        + ", but the catalogue holds it as a " + expected.label()
                        + "; use one type for a field in all items");
            }
        }
        return grown == null ? this : new Schema(grown);
    }

    /**
     * {@return the type of a field}
     *
     * @throws BadInput if there is no such field; the message lists those there are
     */
    public FieldType type(String field) {
        FieldType type = fields.get(field);
        if (type == null) {
            throw new BadInput("there is no field '" + field + "'; "
                    + (fields.isEmpty()
                            ? "this catalogue has no fields"
                            : "fields are " + String.join(", ", fields.keySet())));
        }
        return type;
    }
}
