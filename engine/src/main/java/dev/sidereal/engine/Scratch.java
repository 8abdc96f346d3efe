package dev.sidereal.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder to build in: one that is kept, or a temporary one that goes when closed. */
public final class Scratch implements AutoCloseable {
    private final Path path;
    private final boolean kept;

    private Scratch(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /** @param folder to keep, or null for a temporary one */
    public static Scratch in(@Nullable Path folder) {
        try {
            return folder == null
                    ? new Scratch(Files.createTempDirectory("sidereal"), false)
                    : new Scratch(Files.createDirectories(folder), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** {@return the sum of the sizes of all files below a folder; files may come and go meanwhile} */
    public static long bytes(Path folder) {
        File[] inside = folder.toFile().listFiles();
        long sum = 0;
        for (File file : inside == null ? new File[0] : inside) {
            sum += file.isDirectory() ? bytes(file.toPath()) : file.length();
        }
        return sum;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
