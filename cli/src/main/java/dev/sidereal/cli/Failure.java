package dev.sidereal.cli;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.SiderealException;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * A command that failed, as the reader sees it.
 *
 * @param kind name of the error: {@code BadInput}, {@code Usage}, {@code Unexpected}
 * @param message one sentence
 * @param exit 1 for data and runs, 2 for usage
 */
record Failure(String kind, String message, int exit) {
    private static final int RUN = 1;
    private static final int USAGE = 2;

    /** {@return a command line that cannot be understood} */
    static Failure usage(String message) {
        return new Failure("Usage", message, USAGE);
    }

    /** {@return what the reader is told about anything a verb may throw} */
    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case BadConfig e -> new Failure("BadConfig", sentence(e), USAGE);
            case SiderealException e -> new Failure(e.getClass().getSimpleName(), sentence(e), RUN);
            case UncheckedIOException e -> new Failure("Io", io(e.getCause() == null ? e : e.getCause()), RUN);
            case OutOfMemoryError e -> new Failure("OutOfMemory", outOfMemory(e), RUN);
            default -> new Failure("Unexpected", unexpected(thrown), RUN);
        };
    }

    /** {@return the stack trace as printed by {@code --debug}, without the last line break} */
    static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    private static String sentence(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static String io(Throwable e) {
        return switch (e) {
            case NoSuchFileException x -> "there is no file or folder '" + x.getFile() + "'";
            case FileNotFoundException x -> "cannot open a file: " + sentence(x);
            case AccessDeniedException x -> "no permission to read or write '" + x.getFile() + "'";
            case FileSystemException x ->
                "cannot use '" + x.getFile() + "': "
                        + (x.getReason() == null ? x.getClass().getSimpleName() : x.getReason());
            default -> "reading or writing failed: " + sentence(e);
        };
    }

    private static String outOfMemory(OutOfMemoryError e) {
        return "out of memory (" + sentence(e) + ") with a heap limit of "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB; SIDEREAL_JAVA_OPTS=-Xmx8g gives it 8 GB";
    }

    private static String unexpected(Throwable e) {
        String message = e.getMessage();
        return "unexpected " + e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "; --debug shows the stack trace";
    }
}
