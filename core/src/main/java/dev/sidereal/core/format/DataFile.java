package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files of a data folder, compressed or not. */
final class DataFile {
    private DataFile() {}

    /**
     * {@return the file of this name, with or without {@code .gz}; null if there is neither}
     *
     * @throws BadInput if both are there
     */
    static @Nullable Path find(Path folder, String name) {
        return onlyOne(Stream.of(name, name + ".gz")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList());
    }

    /**
     * {@return the only file of a list, null if it is empty}
     *
     * @throws BadInput if there are several
     */
    static @Nullable Path onlyOne(List<Path> files) {
        if (files.size() > 1) {
            throw new BadInput("there are both " + files.get(0) + " and " + files.get(1) + "; keep one of them");
        }
        return files.isEmpty() ? null : files.getFirst();
    }

    /**
     * {@return the names in a folder, sorted}
     *
     * @throws BadInput if there is no such folder
     */
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput(
                    Files.exists(folder)
                            ? folder + " is a file: expected a data folder"
                            : "there is no folder " + folder + "; check the path");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new BadInput("cannot list " + folder + ": " + e, e);
        }
    }
}
