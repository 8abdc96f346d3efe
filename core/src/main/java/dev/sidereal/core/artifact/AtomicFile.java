package dev.sidereal.core.artifact;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a file so that its readers see either the old content or the whole new one: into a temporary sibling, forced
 * to the disk, then renamed over the target.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of one file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which the caller closes. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file; one whose name ends in {@code .gz} is compressed. Missing parent folders are made.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written, for example because the disk is full; the
     *     old file, if any, is still there. What {@code content} itself throws passes unchanged
     */
    public static void write(Path file, Content content) {
        write(file, content, UnaryOperator.identity());
    }

    /** As {@link #write(Path, Content)}, with the stream to the disk wrapped. */
    static void write(Path file, Content content, UnaryOperator<OutputStream> disk) {
        Path target = file.toAbsolutePath();
        boolean replaces = Files.exists(target);
        try {
            Path folder = java.util.Objects.requireNonNull(target.getParent(), "a file has a parent folder");
            Files.createDirectories(folder);
            // Not Files.createTempFile, whose files only their owner may read.
            String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
            Path temporary = folder.resolve("." + target.getFileName() + "." + unique + ".tmp");
            try {
                try (OutputStream out = open(temporary, target, disk)) {
                    content.writeTo(out);
                }
                Durable.force(temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Durable.forceNames(folder);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (UncheckedIOException e) {
            throw WriteFailure.of(file, state(replaces), e);
        } catch (IOException e) {
            throw WriteFailure.of(file, state(replaces), e);
        }
    }

    private static OutputStream open(Path temporary, Path target, UnaryOperator<OutputStream> disk) throws IOException {
        OutputStream out = disk.apply(
                new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 16));
        return target.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 14) : out;
    }

    private static String state(boolean replaces) {
        return replaces ? "the old file is unchanged" : "nothing was written";
    }
}
