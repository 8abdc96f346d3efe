package dev.sidereal.core.format;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which column of a table is what: the roles {@code id}, {@code title}, {@code text}, {@code acl}, and fields. A column
 * that is not named keeps its own name, as a role if it is called like one, else as a field.
 *
 * @param columns role or field to column
 */
public record ColumnMap(Map<String, String> columns) {
    static final Set<String> ROLES = Set.of("id", "title", "text", "acl");

    public ColumnMap {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** {@return the map that leaves all columns their names} */
    public static ColumnMap none() {
        return new ColumnMap(Map.of());
    }

    /**
     * Parses {@code id=ASIN,title=name,price=list_price}.
     *
     * @throws BadConfig if a part is not of the form {@code NAME=COLUMN} or a name or column comes twice
     */
    public static ColumnMap parse(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String column = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (name.isEmpty() || column.isEmpty()) {
                throw new BadConfig("'" + part + "' in the column map '" + text
                        + "' is not of the form NAME=COLUMN, such as id=ASIN,title=name");
            }
            if (columns.containsValue(column) || columns.put(name, column) != null) {
                throw new BadConfig("the column map '" + text + "' names '" + part.strip() + "' or a part of it twice");
            }
        }
        return new ColumnMap(columns);
    }

    /**
     * Lays the map over a header.
     *
     * @return role or field name of each column, in column order
     * @throws BadInput if a mapped column is not there, no column is the id, or two columns get one name
     */
    List<String> names(List<String> header, String file) {
        String[] names = new String[header.size()];
        columns.forEach((name, column) -> {
            int index = header.indexOf(column);
            if (index < 0) {
                throw new BadInput(file + " has no column '" + column + "', which the column map names as '" + name
                        + "'; columns are " + String.join(", ", header));
            }
            names[index] = name;
        });
        for (int i = 0; i < names.length; i++) {
            String own = header.get(i).equals("_id") && !header.contains("id") ? "id" : header.get(i);
            if (names[i] == null && columns.containsKey(own)) {
                throw new BadInput(file + ": both column '" + columns.get(own) + "' (by the column map) and column '"
                        + header.get(i) + "' are '" + own + "'; map the latter to another name");
            }
            names[i] = names[i] == null ? own : names[i];
        }
        List<String> all = List.of(names);
        if (!all.contains("id")) {
            throw new BadInput(file + " has no column 'id'; say which one it is with id=COLUMN in the column map;"
                    + " columns are " + String.join(", ", header));
        }
        return all;
    }
}
