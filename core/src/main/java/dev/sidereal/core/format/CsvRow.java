package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.util.List;

/**
 * One record of a table with the place where it begins.
 *
 * @param cells the values, as many as there are columns
 * @param where {@code file:line}
 */
public record CsvRow(List<String> cells, String where) {
    public CsvRow {
        cells = List.copyOf(cells);
    }

    /** {@return an error at this row} */
    public BadInput error(String what) {
        return new BadInput(where + ": " + what);
    }
}
