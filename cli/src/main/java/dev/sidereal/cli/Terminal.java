package dev.sidereal.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The two streams of a command and what the reader's screen can do. Thread-safe as far as {@link PrintStream} is.
 *
 * @param out the result, and nothing else
 * @param err everything that is not the result
 * @param interactive whether {@code err} is a screen on which a line can be drawn over
 * @param colour whether escape sequences are welcome
 * @param width columns of the screen
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour, int width) {
    private static final int DEFAULT_WIDTH = 100;

    /**
     * The streams of this process. The launcher says through system properties what only a shell knows cheaply:
     * {@code sidereal.screen} (whether standard error is a screen), {@code sidereal.columns}, and {@code
     * sidereal.stderr}, a path to standard error as the user sees it.
     */
    static Terminal ofProcess() {
        boolean screen = Boolean.getBoolean("sidereal.screen");
        boolean colour = screen && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        int columns = Integer.getInteger("sidereal.columns", DEFAULT_WIDTH);
        return new Terminal(
                print(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 13), false),
                print(standardError(), true),
                screen,
                colour,
                columns < 20 ? DEFAULT_WIDTH : columns);
    }

    /** {@return a terminal that is no screen, for output that goes to files and tests} */
    static Terminal plain(OutputStream out, OutputStream err) {
        return new Terminal(print(out, true), print(err, true), false, false, DEFAULT_WIDTH);
    }

    /** Pushes out what is buffered. */
    void flush() {
        out.flush();
        err.flush();
    }

    private static PrintStream print(OutputStream to, boolean autoFlush) {
        return new PrintStream(to, autoFlush, StandardCharsets.UTF_8);
    }

    /** Where the launcher filters what the JVM prints about incubating modules, our own messages pass the filter by. */
    private static OutputStream standardError() {
        String path = System.getProperty("sidereal.stderr");
        if (path != null) {
            try {
                return new FileOutputStream(path, true);
            } catch (IOException e) {
                // A socket cannot be opened a second time; the filtered stream carries our messages just as well.
                return new FileOutputStream(FileDescriptor.err);
            }
        }
        return new FileOutputStream(FileDescriptor.err);
    }
}
