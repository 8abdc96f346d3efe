package dev.sidereal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The verbs in the groups that the help shows them in. A new verb is one more name in {@link #all()}. */
final class Verbs {
    private final Map<String, List<Object>> groups = new LinkedHashMap<>();

    /** {@return the verbs of Sidereal} */
    static Verbs all() {
        return new Verbs()
                .group("Begin", new QuickstartVerb())
                .group("Make a catalogue and its index", new ImportVerb(), new IndexVerb())
                .group("Use it", new SearchVerb(), new ServeVerb(), new KeysVerbs(), new GenerateVerb())
                .group("Train models", new MineVerb(), new TrainVerbs(), new PruneVerb(), new MergeVerb())
                .group(
                        "Measure and tune it",
                        new EvaluateVerbs(),
                        new MeasureVerb(),
                        new CompareVerb(),
                        new TuneVerb(),
                        new BenchVerb())
                .group("Look after it", new DoctorVerb());
    }

    /**
     * Adds a group of verbs.
     *
     * @param verbs picocli commands: a {@link Verb}, or a command whose subcommands are verbs
     * @return these verbs
     */
    Verbs group(String title, Object... verbs) {
        groups.put(title, List.of(verbs));
        return this;
    }

    /** {@return a parser for the verbs below the given root command} */
    CommandLine commandLine(Sidereal root, Terminal terminal) {
        CommandLine commandLine = new CommandLine(root);
        groups.values().forEach(verbs -> verbs.forEach(commandLine::addSubcommand));
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(60, terminal.width()))
                .setColorScheme(Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::list);
        return commandLine;
    }

    private String list(Help help) {
        Map<Object, Help> byVerb = new LinkedHashMap<>();
        help.subcommands().values().forEach(sub -> byVerb.put(sub.commandSpec().userObject(), sub));
        int width = help.subcommands().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        groups.forEach((title, verbs) -> {
            text.append(System.lineSeparator())
                    .append(help.colorScheme().text("@|bold " + title + "|@"))
                    .append(System.lineSeparator());
            for (Object verb : verbs) {
                Help sub = Objects.requireNonNull(byVerb.get(verb));
                String name = sub.commandSpec().name();
                String[] description = sub.commandSpec().usageMessage().description();
                text.append("  ")
                        .append(help.colorScheme().commandText(name))
                        .append(" ".repeat(width - name.length() + 3))
                        .append(description.length == 0 ? "" : description[0])
                        .append(System.lineSeparator());
            }
        });
        return text.toString();
    }
}
