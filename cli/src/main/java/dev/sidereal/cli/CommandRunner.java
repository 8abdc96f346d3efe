package dev.sidereal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses one command line, runs its verb and prints the outcome: with {@code --json} exactly one JSON object on
 * standard output, failures included, and all else on standard error. Exit codes: 0 done, 1 data or run failed, 2 the
 * command line or a setting cannot be used. For one command at a time.
 */
final class CommandRunner {
    /** What a shell reports for a command that Ctrl-C ended. */
    private static final int STOPPED = 130;

    private final Terminal terminal;
    private final Interruption interruption;
    private final Verbs verbs;

    CommandRunner(Terminal terminal, Interruption interruption) {
        this(terminal, interruption, Verbs.all());
    }

    CommandRunner(Terminal terminal, Interruption interruption, Verbs verbs) {
        this.terminal = terminal;
        this.interruption = interruption;
        this.verbs = verbs;
    }

    /** {@return the exit code} */
    int run(String... args) {
        Sidereal root = new Sidereal();
        CommandLine commandLine = verbs.commandLine(root, terminal);
        ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(args);
        } catch (ParameterException e) {
            boolean json = root.json || Arrays.asList(args).contains("--json");
            return report(Failure.usage(usage(e)), json);
        }
        Logs.configure(terminal.err(), root.debug);
        if (CommandLine.printHelpIfRequested(parsed)) {
            return 0;
        }
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine leaf = parsed.commandSpec().commandLine();
        if (!(leaf.getCommand() instanceof Verb verb)) {
            return leaf.getCommand() instanceof Sidereal
                    ? teach(leaf)
                    : report(Failure.usage(incomplete(leaf)), root.json);
        }
        return run(verb, root);
    }

    private int run(Verb verb, Sidereal root) {
        try {
            Outcome outcome = verb.run(new Session(terminal, interruption, root.json));
            if (root.json) {
                terminal.out().println(Json.write(outcome.json()));
            } else if (!outcome.text().isEmpty()) {
                terminal.out().println(outcome.text());
            }
            return outcome.exit();
        } catch (RuntimeException | Error thrown) {
            if (interruption.requested()) {
                terminal.err().println("stopped before the end");
                return STOPPED;
            }
            if (root.debug) {
                terminal.err().println(Failure.stackTrace(thrown));
            }
            return report(Failure.of(thrown), root.json);
        } finally {
            terminal.flush();
        }
    }

    private int teach(CommandLine root) {
        root.usage(terminal.out());
        return 0;
    }

    private int report(Failure failure, boolean json) {
        if (json) {
            terminal.out().println(Json.write(Map.of("error", failure)));
        }
        terminal.err().println("sidereal: " + failure.message());
        terminal.flush();
        return failure.exit();
    }

    private static String usage(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder message = new StringBuilder(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                message.append("; did you mean ")
                        .append(String.join(" or ", near))
                        .append('?');
            }
        }
        return message.append(" - './")
                .append(command)
                .append(" --help' lists what there is")
                .toString();
    }

    private static String incomplete(CommandLine group) {
        return "'" + group.getCommandSpec().qualifiedName() + "' needs one of: "
                + String.join(", ", group.getSubcommands().keySet());
    }
}
