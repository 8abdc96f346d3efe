package dev.sidereal.core.catalogue;

import dev.sidereal.core.format.ColumnMap;
import dev.sidereal.core.format.CsvReader;
import java.util.List;

/**
 * How an importer is to read its source; each uses what concerns it.
 *
 * @param splits evaluation sets to take along; empty for {@code test}, or the only one there is
 * @param columns what the columns of a table are
 * @param delimiter the character between the values of a table, or {@link CsvReader#SNIFF}
 * @param declared fields whose type is not left to inference
 */
public record ImportOptions(List<String> splits, ColumnMap columns, char delimiter, Schema declared) {
    public ImportOptions {
        splits = List.copyOf(splits);
    }

    /** {@return the options that leave everything to the importer} */
    public static ImportOptions defaults() {
        return new ImportOptions(List.of(), ColumnMap.none(), CsvReader.SNIFF, Schema.empty());
    }

    /** {@return these options with other splits} */
    public ImportOptions withSplits(List<String> splits) {
        return new ImportOptions(splits, columns, delimiter, declared);
    }

    /** {@return these options with another column map} */
    public ImportOptions withColumns(ColumnMap columns) {
        return new ImportOptions(splits, columns, delimiter, declared);
    }

    /** {@return these options with a given delimiter} */
    public ImportOptions withDelimiter(char delimiter) {
        return new ImportOptions(splits, columns, delimiter, declared);
    }

    /** {@return these options with declared fields} */
    public ImportOptions withDeclared(Schema declared) {
        return new ImportOptions(splits, columns, delimiter, declared);
    }
}
