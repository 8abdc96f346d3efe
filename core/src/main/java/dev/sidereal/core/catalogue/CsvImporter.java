package dev.sidereal.core.catalogue;

import dev.sidereal.core.format.CsvItems;
import java.nio.file.Path;

/** A table with a header line, values parted by commas, tabs or semicolons; columns are found by name. */
public final class CsvImporter implements Importer {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public CatalogueSource open(Path source, ImportOptions options) {
        return CatalogueSource.of(
                source.toString(),
                CsvItems.open(
                        source,
                        options.delimiter(),
                        options.map(),
                        options.types().fields()));
    }
}
