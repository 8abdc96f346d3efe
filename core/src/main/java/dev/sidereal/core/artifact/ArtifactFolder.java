package dev.sidereal.core.artifact;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.CorruptArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An artifact on the disk: a folder with a {@code manifest.json}. Thread-safe.
 *
 * @param path the folder
 * @param manifest what it says about itself
 */
public record ArtifactFolder(Path path, Manifest manifest) {
    /** Fills the folder of an artifact. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all files but the manifest.
         *
         * @param folder an empty folder that becomes the artifact when this returns
         * @return the manifest
         */
        Manifest writeTo(Path folder) throws IOException;
    }

    /**
     * Opens an artifact.
     *
     * @param kind the kind it must be
     * @param formatVersion the newest version of the layout that the caller reads; it must read all older ones
     * @throws BadInput if there is no such folder
     * @throws CorruptArtifact if it has no manifest or a damaged one
     * @throws ArtifactMismatch if it is of another kind or of a newer version
     */
    public static ArtifactFolder open(Path folder, String kind, int formatVersion) {
        Swap.recover(folder.toAbsolutePath().normalize());
        if (!Files.isDirectory(folder)) {
            throw new BadInput("there is no folder " + folder + ": expected one of kind '" + kind
                    + "'; check the path or build it first");
        }
        if (!Files.exists(folder.resolve(ManifestFile.NAME))) {
            throw new CorruptArtifact(folder + " has no " + ManifestFile.NAME + ": expected a folder of kind '" + kind
                    + "'; check the path, restore the folder from a copy or build it again");
        }
        Manifest manifest = ManifestFile.read(folder);
        if (!manifest.kind().equals(kind)) {
            throw new ArtifactMismatch(folder + " is of kind '" + manifest.kind() + "', expected '" + kind
                    + "'; give a folder of that kind");
        }
        if (manifest.formatVersion() > formatVersion) {
            throw new ArtifactMismatch(
                    folder + " is of kind '" + kind + "' and format version " + manifest.formatVersion()
                            + ", this Sidereal reads up to version " + formatVersion
                            + "; use a newer Sidereal or build the " + kind + " again");
        }
        return new ArtifactFolder(folder, manifest);
    }

    /**
     * Checks that the artifact was made from what the caller has now.
     *
     * @param name a source in {@code madeFrom}
     * @param hash the hash of the caller's own
     * @param remedy what to do if they differ: {@code build the index again with this encoder}
     * @throws ArtifactMismatch if the hashes differ; names both
     * @throws CorruptArtifact if the manifest does not name that source
     */
    public void requireMadeFrom(String name, String hash, String remedy) {
        String held = manifest.madeFrom().get(name);
        if (held == null) {
            throw new CorruptArtifact(
                    "the manifest of " + path + " does not say which " + name + " it was made from; " + remedy);
        }
        if (!held.equals(hash)) {
            throw new ArtifactMismatch(
                    path + " was made from " + name + " " + held + ", got " + name + " " + hash + "; " + remedy);
        }
    }

    /**
     * Writes an artifact so that readers see the old folder or the whole new one. It is built in a hidden sibling,
     * forced to the disk and renamed; an existing artifact stays in its place until then. What killed builds left behind
     * is taken away first. Missing parent folders are made.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written, for example because the disk is full, or
     *     another build is writing the same artifact. What {@code content} itself throws passes unchanged; in every
     *     case the old artifact is still there and nothing of the new one is left
     * @throws BadInput if there is a file or a folder that is no artifact in its place
     */
    public static ArtifactFolder write(Path folder, Content content) {
        Path target = folder.toAbsolutePath().normalize();
        boolean replaces = Files.exists(target);
        checkReplaceable(folder);
        try {
            Path parent = java.util.Objects.requireNonNull(target.getParent(), "an artifact has a parent folder");
            Files.createDirectories(parent);
            try (BuildLock lock = BuildLock.take(target)) {
                return Swap.build(lock, folder, target, content);
            }
        } catch (UncheckedIOException e) {
            throw WriteFailure.of(folder, state(replaces), e);
        } catch (IOException e) {
            throw WriteFailure.of(folder, state(replaces), e);
        }
    }

    private static void checkReplaceable(Path folder) {
        if (!Files.exists(folder) || Files.exists(folder.resolve(ManifestFile.NAME))) {
            return;
        }
        String[] names = folder.toFile().list();
        if (names == null) {
            throw new BadInput(folder + " is a file: expected a folder to write to; give another path");
        }
        if (names.length > 0) {
            throw new BadInput(folder + " holds files but no " + ManifestFile.NAME
                    + ": it is not one of ours and is left as it is; give an empty or new folder");
        }
    }

    private static String state(boolean replaces) {
        return replaces ? "the old folder is unchanged" : "nothing was written";
    }
}
