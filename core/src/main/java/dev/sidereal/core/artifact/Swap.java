package dev.sidereal.core.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a freshly built folder in the place of an old one, and mends what a kill between the two renames leaves:
 * {@code .NAME.building-*} is an unfinished build, {@code .NAME.old-*} the former artifact.
 */
final class Swap {
    private static final int RECOVERY_TRIES = 50;
    private static final int RECOVERY_PAUSE_MS = 20;

    private Swap() {}

    /** Builds beside {@code target} and puts the result in its place; the lock must be held. */
    static ArtifactFolder build(BuildLock lock, Path shown, Path target, ArtifactFolder.Content content)
            throws IOException {
        Objects.requireNonNull(lock, "the lock must be held");
        mend(target);
        Path building = Files.createDirectory(fresh(target, "building"));
        try {
            Manifest manifest = content.writeTo(building);
            ManifestFile.write(building, manifest);
            Durable.forceTree(building);
            exchange(building, target);
            return new ArtifactFolder(shown, manifest);
        } finally {
            Durable.deleteTree(building);
        }
    }

    private static void exchange(Path building, Path target) throws IOException {
        Path old = null;
        if (Files.exists(target)) {
            old = fresh(target, "old");
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (old != null) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        Durable.forceNames(parent(target));
        if (old != null) {
            Durable.deleteTree(old);
        }
    }

    /** Brings an artifact back that a killed writer had moved aside; waits a moment if a writer is just swapping. */
    static void recover(Path target) {
        try {
            for (int i = 0; i < RECOVERY_TRIES && !Files.exists(target) && movedAside(target) != null; i++) {
                try (BuildLock lock = BuildLock.tryTake(target)) {
                    if (lock != null) {
                        mend(target);
                        return;
                    }
                }
                Thread.sleep(RECOVERY_PAUSE_MS);
            }
        } catch (IOException e) {
            throw WriteFailure.of(target, "its former content is in a hidden folder beside it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void mend(Path target) throws IOException {
        Path old = movedAside(target);
        if (old != null && !Files.exists(target)) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
        for (String what : List.of("building", "old")) {
            for (Path leftover : leftovers(target, what)) {
                Durable.deleteTree(leftover);
            }
        }
    }

    /** {@return the complete former artifact, or null} */
    private static @Nullable Path movedAside(Path target) throws IOException {
        for (Path old : leftovers(target, "old")) {
            if (Files.exists(old.resolve(ManifestFile.NAME))) {
                return old;
            }
        }
        return null;
    }

    private static List<Path> leftovers(Path target, String what) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(parent(target))) {
            return found;
        }
        String prefix = prefix(target, what);
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
                parent(target), p -> p.getFileName().toString().startsWith(prefix) && Files.isDirectory(p))) {
            siblings.forEach(found::add);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        }
        return found;
    }

    private static Path fresh(Path target, String what) {
        return target.resolveSibling(prefix(target, what) + UUID.randomUUID());
    }

    private static String prefix(Path target, String what) {
        return "." + target.getFileName() + "." + what + "-";
    }

    private static Path parent(Path target) {
        return Objects.requireNonNull(target.getParent(), "an artifact has a parent folder");
    }
}
