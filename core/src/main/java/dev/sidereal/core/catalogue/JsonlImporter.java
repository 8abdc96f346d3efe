package dev.sidereal.core.catalogue;

import dev.sidereal.core.format.JsonItems;
import java.nio.file.Path;

/** JSON lines, one {@link dev.sidereal.core.format.ItemJson} a line. */
public final class JsonlImporter implements Importer {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public CatalogueSource open(Path source, ImportOptions options) {
        return CatalogueSource.of(
                source.toString(), new JsonItems(source, options.types().fields()));
    }
}
