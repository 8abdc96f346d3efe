package dev.sidereal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.SiderealServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ServeLoadTest {
    private static final List<String> QUERIES = List.of("list", "page number", "sort dictionaries");

    @Test
    void twoHundredClientsGetAnswersOr429AndLoseNoWrite(@TempDir Path workspace) {
        HttpLoad load;
        makeIndex(workspace);
        try (SiderealServer server = ServerProcess.start(workspace)) {
            load = new HttpLoad(URI.create(server.address()), QUERIES, "load");
            load.run(200, Duration.ofSeconds(5), 20);
        }
        assertThat(load.broken()).isEmpty();
        assertThat(load.statuses().keySet()).isSubsetOf(200, 201, 429);
        assertThat(load.acknowledged()).isNotEmpty();
        assertThat(missing(workspace, load.acknowledged())).isEmpty();
    }

    @Test
    void aStopUnderLoadAnswersOrRejectsAndLosesNoAcknowledgedWrite(@TempDir Path workspace)
            throws InterruptedException {
        makeIndex(workspace);
        HttpLoad load;
        Thread clients;
        try (SiderealServer server = ServerProcess.start(workspace)) {
            load = new HttpLoad(URI.create(server.address()), QUERIES, "load");
            clients = Thread.ofPlatform().start(() -> load.run(50, Duration.ofSeconds(5), 90));
            while (load.acknowledged().size() < 200 && clients.isAlive()) {
                Thread.sleep(20);
            }
        }
        clients.join();
        assertThat(load.acknowledged()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(load.statuses().keySet()).isSubsetOf(200, 201, 429, 503);
        assertThat(missing(workspace, load.acknowledged())).isEmpty();
    }

    @Test
    void aKillUnderLoadLosesNoAcknowledgedWrite(@TempDir Path workspace) throws IOException, InterruptedException {
        makeIndex(workspace);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                workspace.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpLoad load;
        try (BufferedReader out = process.inputReader()) {
            load = new HttpLoad(URI.create(out.readLine()), QUERIES, "load");
            Thread clients = Thread.ofPlatform().start(() -> load.run(50, Duration.ofSeconds(20), 90));
            while (load.acknowledged().size() < 500 && clients.isAlive()) {
                Thread.sleep(50);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            clients.join();
        } finally {
            process.destroyForcibly();
        }
        assertThat(load.acknowledged()).hasSizeGreaterThanOrEqualTo(500);
        assertThat(missing(workspace, load.acknowledged())).isEmpty();
    }

    private static void makeIndex(Path workspace) {
        Path folder = workspace.resolve("indexes").resolve(ServerProcess.INDEX);
        CatalogueIndex.create(folder, IndexSettings.words().withLanguage("en"));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder)) {
            for (int i = 0; i < 40; i++) {
                index.writer()
                        .put(List.of(Item.of("page-" + i, "Page " + i, "a page about number " + i + " and lists")));
            }
        }
    }

    private static List<String> missing(Path workspace, Collection<String> ids) {
        List<String> missing = new ArrayList<>();
        try (CatalogueIndex index =
                        CatalogueIndex.open(workspace.resolve("indexes").resolve(ServerProcess.INDEX));
                IndexSnapshot snapshot = index.snapshot(Principal.system())) {
            for (String id : ids) {
                if (snapshot.item(id).isEmpty()) {
                    missing.add(id);
                }
            }
        }
        return missing;
    }
}
