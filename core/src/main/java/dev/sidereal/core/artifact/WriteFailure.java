package dev.sidereal.core.artifact;

import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Turns an I/O error met while writing into the sentence the user reads. */
public final class WriteFailure {
    /** How Linux, macOS and Windows say that there is no room. */
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "disk quota exceeded", "disc quota exceeded", "disk is full");

    private WriteFailure() {}

    /**
     * Names the failure.
     *
     * @param target what was to be written
     * @param state what is on the disk now: {@code nothing was written}
     */
    public static Unavailable of(Path target, String state, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String lower = reason.toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(lower::contains)) {
            return new Unavailable(
                    "the disk is full: cannot write " + target + "; " + state + "; free some room and run it again",
                    cause);
        }
        return new Unavailable(
                "cannot write " + target + ": " + kind(cause) + reason + "; " + state
                        + "; check the folder and its rights and run it again",
                cause);
    }

    /** As {@link #of(Path, String, IOException)}, for an error that came through code that cannot throw it. */
    public static Unavailable of(Path target, String state, UncheckedIOException carrier) {
        IOException cause = carrier.getCause();
        return of(target, state, cause == null ? new IOException(carrier) : cause);
    }

    /** File system exceptions carry only a path as message; their class says what is wrong. */
    private static String kind(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "there is no such file or folder: ";
            case java.nio.file.AccessDeniedException e -> "no right to write: ";
            case FileSystemException e
            when e.getReason() == null -> e.getClass().getSimpleName().replace("Exception", "") + ": ";
            default -> "";
        };
    }
}
