package dev.sidereal.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of figures by name as a table; a figure that a row lacks is a dash. */
record RowTable(List<Map<String, Object>> rows) {
    String render(int width) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        Table table = new Table(names.toArray(new String[0]));
        for (Map<String, Object> row : rows) {
            table.row(names.stream().map(name -> row.getOrDefault(name, "-")).toArray());
        }
        return table.render(width);
    }
}
