package dev.sidereal.core.artifact;

import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one artifact: a locked sibling file {@code .NAME.lock}, which the system lets go when the process
 * dies. Whoever holds it may take every other leftover of that artifact for dead.
 */
final class BuildLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private BuildLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws Unavailable if another build holds it
     */
    static BuildLock take(Path artifact) throws IOException {
        BuildLock lock = tryTake(artifact);
        if (lock == null) {
            throw new Unavailable("another build is writing " + artifact + " now; wait until it is done");
        }
        return lock;
    }

    /** {@return the lock, or null if another build holds it} */
    static @Nullable BuildLock tryTake(Path artifact) throws IOException {
        Path file = artifact.resolveSibling("." + artifact.getFileName() + ".lock");
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean kept = false;
            try {
                Object opened = key(file);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return null;
                }
                // The former holder may have deleted the file between our opening and locking it.
                if (opened != null && Objects.equals(opened, key(file))) {
                    kept = true;
                    return new BuildLock(file, channel);
                }
            } catch (OverlappingFileLockException e) {
                return null;
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            channel.close();
        }
    }
}
