package dev.sidereal.cli;

import dev.sidereal.core.Progress;

/** What a verb may use of the terminal while it works: progress and remarks, both beside the result. Thread-safe. */
final class Session {
    private final Terminal terminal;
    private final Progress progress;

    Session(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.progress = new ConsoleProgress(terminal, interruption);
    }

    /** {@return where long work reports how far it is; a step throws {@code CancellationException} after Ctrl-C} */
    Progress progress() {
        return progress;
    }

    /** Tells the reader something that is not the result: an estimate, an echo of what was understood. */
    void say(String sentence) {
        terminal.err().println(sentence);
    }

    /** {@return columns of the reader's screen, for {@link Table}} */
    int width() {
        return terminal.width();
    }
}
