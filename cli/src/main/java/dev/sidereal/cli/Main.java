package dev.sidereal.cli;

/** Starts the command line in a process of its own; {@link CommandRunner} is the same without the process. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        // Whatever a library prints belongs beside the result, not in it.
        System.setOut(terminal.err());
        System.setErr(terminal.err());
        Interruption interruption = Interruption.onShutdown(Thread.currentThread());
        int exit;
        try {
            exit = new CommandRunner(terminal, interruption).run(args);
        } finally {
            terminal.flush();
            interruption.finished();
        }
        System.exit(exit);
    }
}
