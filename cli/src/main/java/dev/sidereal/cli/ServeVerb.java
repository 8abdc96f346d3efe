package dev.sidereal.cli;

import dev.sidereal.engine.Workspace;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.frame.Limits;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: API and page. */
@Command(
        name = "serve",
        description = {
            "Serve an index: a page to search on, and an API with its description at /docs.",
            "",
            "Without keys only this machine is served. With --host, give --keys; './sidereal keys add' makes them."
                    + " SIDEREAL_KEYS may hold the content of a keys file instead.",
            "",
            "Examples:",
            "  ./sidereal serve",
            "  ./sidereal serve --workspace /srv/sidereal --index docs --host 0.0.0.0 --keys keys.json"
        })
final class ServeVerb implements Verb {
    private static final String VARIABLE = "SIDEREAL_KEYS";

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "workspace",
            description = "Where indexes/ is. Default ./workspace.")
    Path workspace = Path.of("");

    @Option(names = "--index", paramLabel = "NAME", description = "Which index, if there are several.")
    @Nullable
    String index;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerSettings.PORT,
            description = "0 takes a free one. Default ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Name or address to listen on. Default 127.0.0.1.")
    String host = "";

    @Option(names = "--keys", paramLabel = "FILE", description = "Who may call, made by './sidereal keys add'.")
    @Nullable
    Path keys;

    @Option(
            names = "--cors",
            split = ",",
            paramLabel = "ORIGIN",
            description = "Foreign web pages that may call, such as https://example.org. Default: none.")
    List<String> origins = List.of();

    @Override
    public Outcome run(Session session) {
        ServerSettings settings = new ServerSettings(
                host,
                port,
                keyRing(),
                new LinkedHashSet<>(origins),
                Limits.standard(),
                List.of(Installation.samples()));
        Workspace opened = Workspace.open(workspace);
        Serving.run(session, opened, index == null ? opened.onlyIndex() : index, settings, "");
        return Outcome.of(Map.of("stopped", true), "");
    }

    private KeyRing keyRing() {
        if (keys != null) {
            return KeyRing.read(keys);
        }
        String given = System.getenv(VARIABLE);
        return given == null || given.isBlank() ? KeyRing.empty() : KeyRing.parse(given, "the variable " + VARIABLE);
    }
}
