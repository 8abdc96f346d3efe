package dev.sidereal.cli;

import dev.sidereal.engine.QuickStart;
import dev.sidereal.engine.Workspace;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.frame.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quickstart}: the shipped samples, end to end. */
@Command(
        name = "quickstart",
        description = {
            "Index the shipped samples, search them, measure the systems: about a minute.",
            "",
            "Python's documentation answers three questions; the Java code search set, with real relevance, says how good"
                    + " words, vectors and both are. Vectors are made on this machine; nothing is fetched."
        })
final class QuickstartVerb implements Verb {
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "workspace",
            description = "Where catalogues and indexes are made and kept. Default ./workspace.")
    Path workspace = Path.of("");

    @Option(names = "--no-serve", description = "End after the table and the answers, without the page.")
    boolean noServe;

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            defaultValue = "minilm-q",
            description = "minilm-q (fastest), bge-small-q, minilm or bge-small (best). Default minilm-q.")
    String encoder = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerSettings.PORT,
            description = "Of the page. Default ${DEFAULT-VALUE}.")
    int port;

    @Option(names = "--full", description = "All of Python's documentation instead of its most used pages.")
    boolean full;

    @Override
    public Outcome run(Session session) {
        QuickStart.Result result = new QuickStart(
                        Installation.samples(), workspace, new QuickStart.Settings(encoder, full), session.progress())
                .run();
        StringBuilder text = new StringBuilder();
        result.answers()
                .forEach((question, answer) -> text.append(
                        "\"%s\" in Python's documentation%n%s%n%n".formatted(question, new AnswerText(answer))));
        text.append("Java code search, %s queries, full ranking, encoder %s%n%s%n"
                .formatted(
                        result.circumstances().get("queries"),
                        encoder,
                        new RowTable(result.rows()).render(session.width())));
        text.append("%n%s%nAsk more: ./sidereal search --index %s \"your question\""
                .formatted(
                        result.seconds().entrySet().stream()
                                .map(e -> String.format(Locale.ROOT, "%s %.0f s", e.getKey(), e.getValue()))
                                .collect(Collectors.joining(", ")),
                        result.index()));
        if (noServe || session.json()) {
            return Outcome.of(result, text.toString());
        }
        ServerSettings settings = new ServerSettings(
                "127.0.0.1", port, KeyRing.empty(), Set.of(), Limits.standard(), List.of(Installation.samples()));
        Path name = Objects.requireNonNull(result.index().getFileName());
        Serving.run(session, Workspace.open(workspace), name.toString(), settings, text.toString());
        return Outcome.of(result, "");
    }
}
