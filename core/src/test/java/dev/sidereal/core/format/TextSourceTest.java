package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
    private static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        try (TextSource source = TextSource.of("f", new ByteArrayInputStream(bytes))) {
            for (String line = source.next(); line != null; line = source.next()) {
                lines.add(line);
                assertThat(source.where()).isEqualTo("f:" + lines.size());
            }
        }
        return lines;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void endsLinesAtBothKindsOfLineEnds() {
        assertThat(lines(utf8("a\r\n\nb\rc\nd"))).containsExactly("a", "", "b\rc", "d");
        assertThat(lines(utf8("a\n"))).containsExactly("a");
        assertThat(lines(new byte[0])).isEmpty();
        assertThat(lines(utf8("x"))).containsExactly("x");
    }

    @Test
    void dropsAByteOrderMarkPlainAndInGzip() {
        assertThat(lines(utf8("\ufeffid"))).containsExactly("id");
        assertThat(lines(gzip(utf8("\ufeffid\n\ufeff")))).containsExactly("id", "\ufeff");
    }

    @Property(tries = 100)
    void plainAndGzipReadAlikeAcrossBufferBorders(@ForAll @AlphaChars @StringLength(max = 5) String word) {
        String text = (word + "ä€😀\ufffd\n").repeat(7000);
        assertThat(lines(utf8(text))).hasSize(7000).containsOnly(word + "ä€😀\ufffd");
        assertThat(lines(gzip(utf8(text)))).hasSize(7000).containsOnly(word + "ä€😀\ufffd");
    }

    @Test
    void readsGzipOfSeveralMembers() {
        byte[] first = gzip(utf8("a\nb"));
        byte[] second = gzip(utf8("c\nd"));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(lines(both)).containsExactly("a", "bc", "d");
    }

    @Test
    void aMalformedByteIsASentence() {
        byte[] latin1 = "ok\ncafé au lait".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> lines(latin1))
                .isInstanceOf(BadInput.class)
                .hasMessage("f:2: a byte is not UTF-8, after 'caf'; save the file as UTF-8");
    }

    @Test
    void utf16IsASentence() {
        assertThatThrownBy(() -> lines("\ufeffa".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(BadInput.class)
                .hasMessage("f is in UTF-16, expected UTF-8; convert it: iconv -f UTF-16 -t UTF-8");
    }

    @Test
    void aCutOffGzipIsASentenceWhereverItIsCut() {
        byte[] random = new byte[3000];
        new Random(7).nextBytes(random);
        byte[] whole = gzip(utf8(Arrays.toString(random).replace(",", "\n")));
        for (int length : new int[] {2, 5, 20, whole.length / 2, whole.length - 4}) {
            assertThatThrownBy(() -> lines(Arrays.copyOf(whole, length)))
                    .isInstanceOf(BadInput.class)
                    .hasMessageMatching("f:\\d+: the gzip data is cut off; the copy is not complete,"
                            + " copy or download it again");
        }
    }

    @Test
    void aDamagedGzipIsASentence() {
        byte[] bytes = gzip(utf8("some words\n".repeat(100)));
        bytes[bytes.length - 6] ^= 1;
        assertThatThrownBy(() -> lines(bytes))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(": the gzip data is damaged (")
                .hasMessageEndingWith("); copy or download it again");
    }

    @Test
    void aMissingFileAndAFolderAreSentences(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> TextSource.open(folder.resolve("none")))
                .isInstanceOf(BadInput.class)
                .hasMessage("there is no file " + folder.resolve("none") + "; check the path");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        assertThatThrownBy(() -> TextSource.open(sub))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot read")
                .hasMessageContaining(sub.toString().substring(sub.toString().length() - 3));
    }
}
