package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledIndexingTest {
    private static final int KILLS = 8;

    @TempDir
    Path folder;

    @Test
    void indexingThatIsKilledAgainAndAgainEndsWithTheIndexOfAnUndisturbedOne() throws Exception {
        Path killed = folder.resolve("killed");
        Path undisturbed = folder.resolve("undisturbed");
        CatalogueIndex.create(killed, IndexSettings.words());
        CatalogueIndex.create(undisturbed, IndexSettings.words());
        Random random = new Random(7);
        List<Long> committed = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(killed);
            process.waitFor(1000 + random.nextInt(2000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            committed.add(count(killed));
        }

        assertThat(committed).as("nothing committed is lost").isSorted();
        assertThat(committed)
                .as("some kill came between the first commit and the last")
                .anyMatch(n -> n > 0 && n < IndexingChild.ITEMS);

        assertThat(start(killed).waitFor()).isZero();
        IndexingChild.build(undisturbed);

        assertThat(count(killed)).isEqualTo(IndexingChild.ITEMS);
        assertThat(hits(killed)).isEqualTo(hits(undisturbed));
        try (CatalogueIndex index = CatalogueIndex.open(killed);
                IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
            for (int item = 0; item < IndexingChild.ITEMS; item += 97) {
                assertThat(snapshot.item(IndexingChild.id(item))).isPresent();
            }
        }
    }

    private static Process start(Path folder) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IndexingChild.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    private static long count(Path folder) {
        try (CatalogueIndex index = CatalogueIndex.open(folder);
                IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
            return snapshot.count("", Filter.all());
        }
    }

    private static List<List<Hit>> hits(Path folder) {
        try (CatalogueIndex index = CatalogueIndex.open(folder);
                IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
            List<List<Hit>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String query = IndexingChild.word(7 * i) + " " + IndexingChild.word(4900 - i);
                all.add(snapshot.search(query, 20, Filter.all(), Blend.only("bm25")));
            }
            return all;
        }
    }
}
