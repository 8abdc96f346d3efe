package dev.sidereal.core.catalogue;

import java.nio.file.Path;

/**
 * Reads one format. To add one, write a public class with a public constructor without parameters and name it in
 * {@code META-INF/services/dev.sidereal.core.catalogue.Importer} of its module. Implementations are thread-safe.
 */
public interface Importer {
    /** {@return the name of the format on the command line, lower case} */
    String name();

    /**
     * Opens a source.
     *
     * @throws dev.sidereal.core.error.BadInput if it is not of this format; what is wrong with a row may also come while
     *     the items are read
     */
    CatalogueSource open(Path source, ImportOptions options);
}
