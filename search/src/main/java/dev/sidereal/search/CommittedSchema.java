package dev.sidereal.search;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.catalogue.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schema in the user data of a Lucene commit, so that data and schema are always of one moment. */
final class CommittedSchema {
    private static final String PREFIX = "field.";

    private CommittedSchema() {}

    static Map<String, String> userData(Schema schema) {
        return schema.fields().entrySet().stream()
                .collect(Collectors.toMap(
                        e -> PREFIX + e.getKey(), e -> e.getValue().label()));
    }

    static Schema read(Map<String, String> userData) {
        TreeMap<String, FieldType> fields = new TreeMap<>();
        userData.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                fields.put(key.substring(PREFIX.length()), FieldType.valueOf(value.toUpperCase(Locale.ROOT)));
            }
        });
        return new Schema(fields);
    }
}
