package dev.sidereal.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What libraries log: warnings as one line each on standard error, with stack traces only for {@code --debug}. */
final class Logs {
    // Held, since a logger that nothing refers to is collected together with its set-up.
    private static final Logger ROOT = Logger.getLogger("");

    /** Warns on machines with a CUDA library and no GPU, where nothing is wrong. */
    private static final Logger CUDA = Logger.getLogger("ai.djl.util.cuda");

    private Logs() {}

    /** Replaces whatever logging set-up there is. */
    static void configure(PrintStream to, boolean debug) {
        LogManager.getLogManager().reset();
        ROOT.setLevel(debug ? Level.INFO : Level.WARNING);
        CUDA.setLevel(debug ? Level.INFO : Level.OFF);
        Handler handler = new PrintHandler(to);
        handler.setFormatter(new OneLine(debug));
        ROOT.addHandler(handler);
    }

    private static final class PrintHandler extends Handler {
        private final PrintStream to;

        PrintHandler(PrintStream to) {
            this.to = to;
        }

        @Override
        public void publish(LogRecord entry) {
            if (isLoggable(entry)) {
                to.println(getFormatter().format(entry));
            }
        }

        @Override
        public void flush() {
            to.flush();
        }

        @Override
        public void close() {}
    }

    private static final class OneLine extends Formatter {
        private final boolean debug;

        OneLine(boolean debug) {
            this.debug = debug;
        }

        @Override
        public String format(LogRecord entry) {
            StringBuilder line = new StringBuilder()
                    .append(entry.getLevel().getName().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(formatMessage(entry));
            Throwable thrown = entry.getThrown();
            if (thrown != null) {
                line.append(debug ? "\n" + Failure.stackTrace(thrown) : " (" + thrown + ")");
            }
            return line.toString();
        }
    }
}
