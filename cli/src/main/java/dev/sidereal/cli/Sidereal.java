package dev.sidereal.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself, with the options that every verb understands. */
@Command(
        name = "sidereal",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB ...",
        commandListHeading = "",
        optionListHeading = "%nEverywhere%n",
        description = "One catalogue, four ways to read it: find, recommend, answer, research.",
        footer = {
            "",
            "Examples:",
            "  ./sidereal doctor           is this machine ready, and if not, what to do",
            "  ./sidereal doctor --json    the same as one JSON object",
            "  ./sidereal doctor --help    what a verb does and its options",
            "",
            "Results go to standard output, everything else to standard error.",
            "Exit codes: 0 done; 1 the data or the run failed; 2 the command or a setting cannot be used.",
            "SIDEREAL_JAVA_OPTS adds options to the JVM, such as -Xmx8g."
        })
final class Sidereal {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the result as exactly one JSON object.")
    boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces and what libraries log.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what a verb does and its options.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and end.")
    boolean version;
}
