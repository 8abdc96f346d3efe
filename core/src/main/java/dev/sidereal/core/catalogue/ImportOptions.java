package dev.sidereal.core.catalogue;

import dev.sidereal.core.format.ColumnMap;
import dev.sidereal.core.format.CsvReader;
import java.util.List;

/**
 * How an importer is to read its source; each uses what concerns it.
 *
 * @param splits evaluation sets to take along; empty for {@code test}, or the only one there is
 * @param map what the columns of a table are
 * @param delimiter the character between the values of a table, or {@link CsvReader#SNIFF}
 * @param types fields whose type is not left to inference
 */
public record ImportOptions(List<String> splits, ColumnMap map, char delimiter, Schema types) {
    public ImportOptions {
        splits = List.copyOf(splits);
    }

    /** {@return the options that leave everything to the importer} */
    public static ImportOptions defaults() {
        return new ImportOptions(List.of(), ColumnMap.none(), CsvReader.SNIFF, Schema.empty());
    }

    /** {@return these options with other splits} */
    public ImportOptions withSplits(List<String> splits) {
        return new ImportOptions(splits, map, delimiter, types);
    }

    /** {@return these options with another column map} */
    public ImportOptions withMap(ColumnMap map) {
        return new ImportOptions(splits, map, delimiter, types);
    }

    /** {@return these options with a given delimiter} */
    public ImportOptions withDelimiter(char delimiter) {
        return new ImportOptions(splits, map, delimiter, types);
    }

    /** {@return these options with the types of some fields declared} */
    public ImportOptions withTypes(Schema types) {
        return new ImportOptions(splits, map, delimiter, types);
    }
}
