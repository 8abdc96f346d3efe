package dev.sidereal.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
    /** SHA-256 of "abc", FIPS 180-2 appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void isSha256OfBytes() throws IOException {
        assertThat(ContentHash.ofText("abc")).isEqualTo(ABC);
        assertThat(ContentHash.ofFile(Files.writeString(folder.resolve("f"), "abc")))
                .isEqualTo(ABC);
    }

    @Test
    void tellsTextsApartByTheirBorders() {
        assertThat(ContentHash.ofTexts(List.of("ab", "c"))).isNotEqualTo(ContentHash.ofTexts(List.of("a", "bc")));
    }

    @Test
    void ofAFolderDependsOnNamesAndContentsOnly() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/sub"));
        Path two = Files.createDirectories(folder.resolve("two/sub"));
        Files.writeString(one.resolve("a"), "x");
        Files.writeString(one.resolve("b"), "y");
        Files.writeString(two.resolve("b"), "y");
        Files.writeString(two.resolve("a"), "x");
        String hash = ContentHash.ofFolder(folder.resolve("one"));
        assertThat(ContentHash.ofFolder(folder.resolve("two"))).isEqualTo(hash);
        Files.move(two.resolve("b"), two.resolve("c"));
        assertThat(ContentHash.ofFolder(folder.resolve("two"))).isNotEqualTo(hash);
    }
}
