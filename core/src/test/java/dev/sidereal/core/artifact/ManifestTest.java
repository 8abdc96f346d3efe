package dev.sidereal.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ManifestTest {
    @TempDir
    Path folder;

    private static Manifest manifest() {
        ObjectNode settings = Manifest.tree().put("seed", 42).put("legs", "bm25");
        ObjectNode contents = Manifest.tree().put("dims", 384);
        contents.putObject("schema").put("year", "number").put("author", "keyword");
        return new Manifest(
                        "index",
                        3,
                        Instant.parse("2026-11-23T10:00:00.5Z"),
                        new TreeMap<>(),
                        settings,
                        contents,
                        Manifest.tree().put("recall@100", 0.958))
                .withSource("encoder", "e1")
                .withSource("catalogue", "c1");
    }

    @Test
    void isPrettyAndStable() throws IOException {
        ManifestFile.write(folder, manifest());
        assertThat(folder.resolve("manifest.json")).hasContent("""
                {
                  "contents" : {
                    "dims" : 384,
                    "schema" : {
                      "author" : "keyword",
                      "year" : "number"
                    }
                  },
                  "created" : "2026-11-23T10:00:00Z",
                  "format_version" : 3,
                  "kind" : "index",
                  "made_from" : {
                    "catalogue" : "c1",
                    "encoder" : "e1"
                  },
                  "measures" : {
                    "recall@100" : 0.958
                  },
                  "settings" : {
                    "legs" : "bm25",
                    "seed" : 42
                  }
                }
                """);
        assertThat(Files.readString(folder.resolve("manifest.json")))
                .doesNotContain("\r")
                .endsWith("}\n");
    }

    @Test
    void comesBackEqual() throws IOException {
        ManifestFile.write(folder, manifest());
        assertThat(ManifestFile.read(folder)).isEqualTo(manifest());
    }

    @Test
    void cannotBeChangedThroughItsTrees() {
        Manifest manifest = manifest();
        manifest.settings().put("seed", 7);
        assertThat(manifest.settings().path("seed").intValue()).isEqualTo(42);
    }
}
