package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the types of a table's columns from all their values: boolean if each is true or false, date if each is an ISO
 * date or date-time, number if each is a number without leading zeros, else keyword. Empty cells do not count.
 */
final class ColumnTypes {
    private final List<String> names;
    private final Map<String, Set<FieldType>> possible = new LinkedHashMap<>();

    /** Begins with columns of which nothing is known. */
    ColumnTypes(List<String> names) {
        this.names = names;
    }

    void add(List<String> cells) {
        for (int i = 0; i < names.size(); i++) {
            String cell = cells.get(i).strip();
            if (!cell.isEmpty() && !ColumnMap.ROLES.contains(names.get(i))) {
                possible.computeIfAbsent(
                                names.get(i), n -> EnumSet.of(FieldType.BOOLEAN, FieldType.DATE, FieldType.NUMBER))
                        .removeIf(type -> !fits(cell, type));
            }
        }
    }

    private static boolean fits(String cell, FieldType type) {
        if (type == FieldType.NUMBER && cell.matches("-?0\\d.*")) {
            return false;
        }
        return parsed(cell, type) != null;
    }

    private static @Nullable Object parsed(String cell, FieldType type) {
        try {
            return FieldText.parse(cell, type);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return column to type, for columns that have a value} */
    Map<String, FieldType> types() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        possible.forEach((name, left) -> types.put(
                name, left.isEmpty() ? FieldType.KEYWORD : left.iterator().next()));
        return types;
    }
}
