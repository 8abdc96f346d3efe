package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.catalogue.Catalogue;
import dev.sidereal.core.catalogue.CatalogueSettings;
import dev.sidereal.core.catalogue.ImportOptions;
import dev.sidereal.core.catalogue.Importers;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.search.ItemWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueIndexingTest {
    private static final CatalogueIndexing.Settings WORDS =
            new CatalogueIndexing.Settings(List.of("bm25"), "", false, 0);

    @TempDir
    Path folder;

    private Catalogue catalogue(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("items.jsonl"), List.of(lines));
        Catalogue.write(
                folder.resolve("catalogue"),
                Importers.named("jsonl").open(file, ImportOptions.defaults()),
                CatalogueSettings.defaults().withLanguage("en"),
                Progress.none());
        return Catalogue.open(folder.resolve("catalogue"));
    }

    private IndexBuild.Report index(Catalogue catalogue) {
        return new CatalogueIndexing(catalogue, WORDS, Progress.none()).run(folder.resolve("index"));
    }

    private List<String> found(String text) {
        try (OpenIndex open = OpenIndex.of(folder.resolve("index"))) {
            return open
                    .search(SearchRequest.of(text, 10, Principal.anyone()), SearchSystem.BM25, List.of())
                    .results()
                    .stream()
                    .map(OpenIndex.Result::id)
                    .toList();
        }
    }

    @Test
    void onlyWhatChangedIsWrittenTheSecondTime() throws IOException {
        index(catalogue(
                "{\"id\":\"a\",\"text\":\"granite\"}",
                "{\"id\":\"b\",\"text\":\"slate\"}",
                "{\"id\":\"c\",\"text\":\"chalk\"}"));

        IndexBuild.Report again =
                index(catalogue("{\"id\":\"a\",\"text\":\"granite\"}", "{\"id\":\"b\",\"text\":\"basalt\"}"));

        assertThat(again.put()).isEqualTo(new ItemWriter.Report(1, 1, 1, 0));
        assertThat(again.removed()).isEqualTo(1);
        assertThat(found("granite slate basalt chalk")).containsExactlyInAnyOrder("a", "b");
        assertThat(found("slate chalk")).isEmpty();
    }

    @Test
    void anIndexWithOtherSettingsIsLeftAlone() throws IOException {
        Catalogue catalogue = catalogue("{\"id\":\"a\",\"text\":\"granite\"}");
        index(catalogue);
        CatalogueIndexing.Settings shorter = new CatalogueIndexing.Settings(List.of("bm25"), "", false, 500);
        assertThatThrownBy(
                        () -> new CatalogueIndexing(catalogue, shorter, Progress.none()).run(folder.resolve("index")))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessageContaining("passage-chars 8000")
                .hasMessageContaining("passage-chars 500")
                .hasMessageEndingWith("use the same settings, or give another folder");
        assertThat(found("granite")).containsExactly("a");
    }

    @Test
    void anUnknownLegIsRefused() {
        assertThatThrownBy(() -> new CatalogueIndexing.Settings(List.of("bm25", "sparkle"), "", false, 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("there is no leg 'sparkle'; there are bm25, dense");
    }
}
