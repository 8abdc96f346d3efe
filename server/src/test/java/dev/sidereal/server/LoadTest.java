package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Principal;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
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
class LoadTest {
    @Test
    void twoHundredClientsGetAnswersOr429AndLoseNoWrite(@TempDir Path workspace) {
        Hammer hammer;
        try (TestServer server = TestServer.keyless(workspace)) {
            hammer = new Hammer(server.uri("/"));
            hammer.run(200, Duration.ofSeconds(5), 20);
        }
        assertThat(hammer.broken).isEmpty();
        assertThat(hammer.statuses.keySet()).isSubsetOf(200, 201, 429);
        assertThat(hammer.acknowledged).isNotEmpty();
        assertThat(missing(workspace, hammer.acknowledged)).isEmpty();
    }

    @Test
    void aKillUnderLoadLosesNoAcknowledgedWrite(@TempDir Path workspace) throws IOException, InterruptedException {
        TestServer.makeIndex(workspace);
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
        Hammer hammer;
        try (BufferedReader out = process.inputReader()) {
            hammer = new Hammer(java.net.URI.create(out.readLine()));
            Thread load = Thread.ofPlatform().start(() -> hammer.run(50, Duration.ofSeconds(20), 90));
            while (hammer.acknowledged.size() < 500 && load.isAlive()) {
                Thread.sleep(50);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            load.join();
        } finally {
            process.destroyForcibly();
        }
        assertThat(hammer.acknowledged).hasSizeGreaterThanOrEqualTo(500);
        assertThat(missing(workspace, hammer.acknowledged)).isEmpty();
    }

    private static List<String> missing(Path workspace, Collection<String> ids) {
        List<String> missing = new ArrayList<>();
        try (CatalogueIndex index =
                        CatalogueIndex.open(workspace.resolve("indexes").resolve(TestServer.INDEX));
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
