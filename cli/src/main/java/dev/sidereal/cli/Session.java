package dev.sidereal.cli;

import dev.sidereal.core.Progress;

/** What a verb may use of the terminal while it works: progress and remarks, both beside the result. Thread-safe. */
final class Session {
    private final Terminal terminal;
    private final Interruption interruption;
    private final Progress progress;
    private final boolean json;

    Session(Terminal terminal, Interruption interruption, boolean json) {
        this.json = json;
        this.terminal = terminal;
        this.interruption = interruption;
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

    /** {@return whether the reader is a program that wants one JSON object and the end} */
    boolean json() {
        return json;
    }

    /** Prints the text of an outcome before the verb is over, for one that then goes on until it is stopped. */
    void show(String text) {
        terminal.out().println(text);
        terminal.flush();
    }

    /** {@return whether the reader has asked to stop} */
    boolean stopping() {
        return interruption.requested();
    }

    /** Waits until the reader presses Ctrl-C. */
    void untilStopped() {
        interruption.await();
    }

    /** {@return columns of the reader's screen, for {@link Table}} */
    int width() {
        return terminal.width();
    }
}
