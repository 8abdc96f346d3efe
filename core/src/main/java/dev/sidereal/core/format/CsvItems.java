package dev.sidereal.core.format;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a table with header, one a row, by column name. An empty cell is an absent value; the readers in an
 * {@code acl} cell are parted by commas or spaces, the values of a set by {@code |}. Thread-safe; its streams are not.
 */
public final class CsvItems implements ItemSource {
    private final Path file;
    private final char delimiter;
    private final List<String> names;
    private final Map<String, FieldType> types;

    private CsvItems(Path file, char delimiter, List<String> names, Map<String, FieldType> types) {
        this.file = file;
        this.delimiter = delimiter;
        this.names = names;
        this.types = types;
    }

    /**
     * Opens a table and reads it once to find the types of columns that are not declared.
     *
     * @param delimiter the character between values, or {@link CsvReader#SNIFF}
     * @param declared field to type
     * @throws BadInput if it is no table, the map does not fit its header, or a declared field is no column
     */
    public static CsvItems open(Path file, char delimiter, ColumnMap map, Map<String, FieldType> declared) {
        try (CsvReader reader = CsvReader.open(file, delimiter)) {
            List<String> names = map.names(reader.header(), file.toString());
            for (String field : declared.keySet()) {
                if (!names.contains(field) || ColumnMap.ROLES.contains(field)) {
                    throw new BadInput(file + " has no field '" + field + "', for which a type is declared; fields are "
                            + String.join(
                                    ", ",
                                    names.stream()
                                            .filter(n -> !ColumnMap.ROLES.contains(n))
                                            .toList()));
                }
            }
            ColumnTypes found = new ColumnTypes(names);
            for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                found.add(row.cells());
            }
            Map<String, FieldType> types = found.types();
            types.putAll(declared);
            return new CsvItems(file, delimiter, names, Map.copyOf(types));
        }
    }

    /** {@return field to type, for fields that have a value} */
    public Map<String, FieldType> types() {
        return types;
    }

    @Override
    public Stream<SourcedItem> rows(BadRows bad) {
        CsvReader reader = CsvReader.open(file, delimiter);
        return RowStream.of(() -> next(reader, bad), reader::close);
    }

    private @Nullable SourcedItem next(CsvReader reader, BadRows bad) {
        for (CsvRow row = reader.next(); row != null; row = reader.next()) {
            try {
                return new SourcedItem(item(row), row.where());
            } catch (BadInput e) {
                bad.reject(e);
            }
        }
        return null;
    }

    private Item item(CsvRow row) {
        String id = role(row, "id");
        if (id.isBlank()) {
            throw row.error("the id is blank");
        }
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String cell = row.cells().get(i);
            FieldType type = types.get(name);
            if (type != null && !cell.isBlank() && !ColumnMap.ROLES.contains(name)) {
                try {
                    fields.put(name, FieldText.parse(cell, type));
                } catch (IllegalArgumentException e) {
                    throw new BadInput(row.where() + ": field '" + name + "': " + e.getMessage(), e);
                }
            }
        }
        return new Item(id, role(row, "title"), role(row, "text"), List.of(), fields, acl(row));
    }

    private String role(CsvRow row, String role) {
        int index = names.indexOf(role);
        return index < 0 ? "" : row.cells().get(index);
    }

    private Acl acl(CsvRow row) {
        String cell = role(row, "acl").strip();
        if (cell.isEmpty()) {
            return Acl.unstated();
        }
        try {
            return Acl.readers(Arrays.asList(cell.split("[\\s,]+")));
        } catch (BadInput e) {
            throw new BadInput(row.where() + ": 'acl': " + e.getMessage(), e);
        }
    }
}
