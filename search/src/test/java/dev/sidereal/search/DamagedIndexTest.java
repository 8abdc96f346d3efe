package dev.sidereal.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.CorruptArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedIndexTest {
    @TempDir
    Path parent;

    private Path index;

    @BeforeEach
    void create() {
        index = parent.resolve("index");
        CatalogueIndex.create(index, IndexSettings.words());
    }

    @Test
    void aSettingOfAnotherTypeIsNamedWithItsFolder() throws Exception {
        Path manifest = index.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("8000", "\"x\""));

        assertThatThrownBy(() -> CatalogueIndex.open(index))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessage("the manifest of the index " + index
                        + " is damaged: setting 'passage_chars' must be a number, got \"x\";"
                        + " restore it from a copy or index again");
    }

    @Test
    void anIndexWithoutItsCommitIsNamedWithTheMissingFile() throws Exception {
        try (var files = Files.list(index.resolve("lucene"))) {
            for (Path file : List.copyOf(files.toList())) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> CatalogueIndex.open(index))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessage("the index " + index + " is damaged: there is no commit in " + index.resolve("lucene")
                        + " (no file segments_*); restore it from a copy or index again into another folder");
    }
}
