package dev.sidereal.model.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in a folder of its own for tests whose engine gives them none. */
final class ScratchFile {
    private ScratchFile() {}

    static Path named(String name) {
        try {
            return Files.createTempDirectory("sidereal-test").resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.delete(file.getParent());
    }
}
