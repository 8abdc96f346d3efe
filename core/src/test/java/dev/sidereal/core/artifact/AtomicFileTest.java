package dev.sidereal.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private static void write(Path file, String text) {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileMayBeReadByWhomeverAnOrdinaryFileMay() throws IOException {
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "x");
        AtomicFile.write(folder.resolve("atomic"), out -> out.write('x'));
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class));
        assertThat(Files.getPosixFilePermissions(folder.resolve("atomic")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void makesFoldersAndReplacesWhatIsThere() throws IOException {
        Path file = folder.resolve("a/b/note.txt");
        write(file, "old");
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryNotContaining(p -> !p.equals(file));
    }

    @Test
    void compressesByName() throws IOException {
        Path file = folder.resolve("note.txt.gz");
        write(file, "text");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(in.readAllBytes()).asString().isEqualTo("text");
        }
    }

    @Test
    void aFullDiskIsASentenceAndLeavesTheOldFile() {
        Path file = folder.resolve("note.txt");
        write(file, "old");
        assertThatThrownBy(
                        () -> AtomicFile.write(file, out -> out.write(new byte[100]), disk -> new FullDisk(disk, 10)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("the disk is full: cannot write " + file
                        + "; the old file is unchanged; free some room and run it again");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(p -> !p.equals(file));
    }

    @Test
    void anErrorOfTheContentPassesAndLeavesNothing() {
        Path file = folder.resolve("note.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new BadInput("line 7 is bad");
                }))
                .isInstanceOf(BadInput.class)
                .hasMessage("line 7 is bad");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsASentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> write(file.resolve("note.txt"), "x"))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("cannot write " + file.resolve("note.txt") + ": ")
                .hasMessageEndingWith("; nothing was written; check the folder and its rights and run it again");
    }

    /** A disk with room for so many bytes. */
    static final class FullDisk extends OutputStream {
        private final OutputStream out;
        private long room;

        FullDisk(OutputStream out, long room) {
            this.out = out;
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (room-- <= 0) {
                throw new IOException("No space left on device");
            }
            out.write(b);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
