package dev.sidereal.cli;

import dev.sidereal.core.Progress;
import java.util.concurrent.CancellationException;

/**
 * Progress on standard error: a bar with the time left on a screen, a plain line every few seconds elsewhere, and
 * nothing at all for work that is over quickly. Thread-safe.
 */
final class ConsoleProgress implements Progress {
    private final Terminal terminal;
    private final Interruption interruption;

    ConsoleProgress(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Task start(String what, long total) {
        Task shown = terminal.interactive()
                ? new BarTask(terminal, what, total)
                : new LineTask(terminal.err(), what, total, System::nanoTime);
        return new StoppableTask(shown, interruption);
    }

    /** Refuses the next step once Ctrl-C was pressed. */
    private record StoppableTask(Task shown, Interruption interruption) implements Task {
        @Override
        public void advance(long steps) {
            if (interruption.requested()) {
                throw new CancellationException("stopped");
            }
            shown.advance(steps);
        }

        @Override
        public void note(String words) {
            shown.note(words);
        }

        @Override
        public void close() {
            shown.close();
        }
    }
}
