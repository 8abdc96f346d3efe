package dev.sidereal.engine;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which everything that belongs together is kept: {@code catalogues/}, {@code indexes/},
 * {@code evaluations/}. Immutable; what is in the folder is looked at with each call.
 *
 * @param path the folder
 */
public record Workspace(Path path) {
    private static final String INDEXES = "indexes";

    /**
     * Opens a workspace.
     *
     * @throws BadInput if there is no such folder, or it has no index
     */
    public static Workspace open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadInput("there is no workspace '" + path
                    + "'; ./sidereal quickstart makes one, or give a folder that holds indexes/NAME");
        }
        Workspace workspace = new Workspace(path);
        if (workspace.indexNames().isEmpty()) {
            throw new BadInput(
                    "the workspace '" + path + "' has no index: expected a folder indexes/NAME; make one with"
                            + " ./sidereal index --to " + path.resolve(INDEXES).resolve("NAME"));
        }
        return workspace;
    }

    /** {@return the names of the indexes, in order} */
    public List<String> indexNames() {
        return folders(path.resolve(INDEXES));
    }

    /**
     * {@return the folder of an index}
     *
     * @throws BadConfig if there is none of that name; the message lists those there are
     */
    public Path index(String name) {
        if (!indexNames().contains(name)) {
            throw new BadConfig("the workspace '" + path + "' has no index '" + name + "'; it has "
                    + String.join(", ", indexNames()));
        }
        return path.resolve(INDEXES).resolve(name);
    }

    /**
     * {@return the name of the only index}
     *
     * @throws BadConfig if there are several; the message lists them
     */
    public String onlyIndex() {
        List<String> names = indexNames();
        if (names.size() != 1) {
            throw new BadConfig("the workspace '" + path + "' has " + names.size() + " indexes: say which with --index "
                    + String.join(" or --index ", names));
        }
        return names.getFirst();
    }

    /** {@return the folder of evaluations; may not exist yet} */
    public Path evaluations() {
        return path.resolve("evaluations");
    }

    /** {@return the folder of data to evaluate on, each in a folder of its own; may not exist yet} */
    public Path data() {
        return path.resolve("data");
    }

    /** {@return names of the folders in a folder that are not hidden, in order; none if it does not exist} */
    static List<String> folders(Path in) {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(in)) {
            return inside.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
