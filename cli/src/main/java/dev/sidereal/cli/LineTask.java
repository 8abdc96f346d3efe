package dev.sidereal.cli;

import dev.sidereal.core.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A plain line every few seconds, and more rarely as work gets long, for logs. Thread-safe. */
final class LineTask implements Progress.Task {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int RAREST = 20;

    private final PrintStream to;
    private final String what;
    private final long total;
    private final LongSupplier nanoTime;
    private final long began;
    private long lastLine;
    private long done;
    private String note = "";

    /**
     * @param total number of steps, or -1 if not known
     * @param nanoTime the clock, in nanoseconds from any point
     */
    LineTask(PrintStream to, String what, long total, LongSupplier nanoTime) {
        this.to = to;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.lastLine = began;
    }

    @Override
    public synchronized void advance(long steps) {
        done += steps;
        long now = nanoTime.getAsLong();
        if (now - lastLine >= Math.max(EVERY_NANOS, (now - began) / RAREST)) {
            lastLine = now;
            to.println(line(now - began) + (note.isEmpty() ? "" : "; " + note));
        }
    }

    @Override
    public synchronized void note(String words) {
        note = words;
    }

    private String line(long elapsedNanos) {
        double seconds = elapsedNanos / 1e9;
        if (total <= 0 || done <= 0) {
            return String.format(Locale.ROOT, "%s: %,d in %s", what, done, clock(seconds));
        }
        double left = seconds / done * Math.max(0, total - done);
        return String.format(
                Locale.ROOT, "%s: %,d of %,d (%.0f %%), %s left", what, done, total, 100.0 * done / total, clock(left));
    }

    static String clock(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }
}
