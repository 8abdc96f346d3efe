package dev.sidereal.cli;

import dev.sidereal.core.Progress;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that is drawn over itself, from the moment the work turns out to be long. Thread-safe. */
final class BarTask implements Progress.Task {
    private static final Duration QUICK = Duration.ofMillis(700);
    private static final int UPDATE_MILLIS = 200;

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final long began = System.nanoTime();
    private long done;
    private String note = "";
    private @Nullable ProgressBar bar;

    BarTask(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    @Override
    public synchronized void advance(long steps) {
        done += steps;
        if (bar != null) {
            bar.stepBy(steps);
            return;
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        if (elapsed.compareTo(QUICK) > 0) {
            bar = draw(elapsed);
        }
    }

    @Override
    public synchronized void note(String words) {
        note = words;
        if (bar != null) {
            bar.setExtraMessage(words);
        }
    }

    @Override
    public synchronized void close() {
        if (bar == null) {
            return;
        }
        // An interrupted thread would not wait for the last drawing, which then lands on what is printed next.
        boolean interrupted = Thread.interrupted();
        bar.close();
        bar = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ProgressBar draw(Duration elapsed) {
        ProgressBar drawn = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .startsFrom(done, elapsed)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.width() - 1))
                .build();
        return note.isEmpty() ? drawn : drawn.setExtraMessage(note);
    }
}
