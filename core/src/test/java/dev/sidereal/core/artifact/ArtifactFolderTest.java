package dev.sidereal.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFolderTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void name() {
        folder = parent.resolve("thing");
    }

    private ArtifactFolder write(String text) {
        return ArtifactFolder.write(folder, building -> {
            Files.createDirectories(building.resolve("deep"));
            Files.writeString(building.resolve("deep/text"), text);
            return Manifest.of("thing", 2).withSource("encoder", "abc");
        });
    }

    private List<Path> siblings() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }

    @Test
    void replacesTheOldOnlyWhenTheNewIsComplete() throws IOException {
        write("old");
        ArtifactFolder.write(folder, building -> {
            assertThat(folder.resolve("deep/text")).hasContent("old");
            Files.writeString(building.resolve("text"), "new");
            return Manifest.of("thing", 2);
        });
        assertThat(folder.resolve("text")).hasContent("new");
        assertThat(folder.resolve("deep")).doesNotExist();
        assertThat(siblings()).containsExactly(folder);
    }

    @Test
    void aFullDiskLeavesTheOldAndNothingElse() throws IOException {
        write("old");
        assertThatThrownBy(() -> ArtifactFolder.write(folder, building -> {
                    Files.writeString(building.resolve("text"), "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Unavailable.class)
                .hasMessage("the disk is full: cannot write " + folder
                        + "; the old folder is unchanged; free some room and run it again");
        assertThat(folder.resolve("deep/text")).hasContent("old");
        assertThat(siblings()).containsExactly(folder);
    }

    @Test
    void anErrorOfTheContentPassesAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> ArtifactFolder.write(folder, building -> {
                    throw new BadInput("line 7 is bad");
                }))
                .isInstanceOf(BadInput.class)
                .hasMessage("line 7 is bad");
        assertThat(siblings()).isEmpty();
    }

    @Test
    void cleansWhatAKilledBuildLeft() throws IOException {
        write("old");
        Path leftover = Files.createDirectories(parent.resolve(".thing.building-1"));
        Files.writeString(leftover.resolve("half"), "x");
        Path other = Files.createDirectories(parent.resolve(".thing2.building-1"));
        write("new");
        assertThat(siblings()).containsExactlyInAnyOrder(folder, other);
        assertThat(folder.resolve("deep/text")).hasContent("new");
    }

    @Test
    void openingBringsBackWhatAWriterKilledBetweenTheRenamesHadMoved() throws IOException {
        write("old");
        Files.move(folder, parent.resolve(".thing.old-1"));
        Files.createDirectories(parent.resolve(".thing.building-1"));
        ArtifactFolder.open(folder, "thing", 2);
        assertThat(folder.resolve("deep/text")).hasContent("old");
        assertThat(siblings()).containsExactly(folder);
    }

    @Test
    void twoBuildsOfOneArtifactDoNotMeet() {
        assertThatThrownBy(() ->
                        ArtifactFolder.write(folder, building -> write("inner").manifest()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("another build is writing " + folder + " now; wait until it is done");
        assertThat(folder).doesNotExist();
    }

    @Test
    void leavesFoldersThatAreNotOurs() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> write("x"))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + " holds files but no manifest.json: it is not one of ours and is left as it is;"
                        + " give an empty or new folder");
        assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void mayFillAnEmptyFolder() throws IOException {
        Files.createDirectories(folder);
        write("x");
        assertThat(siblings()).containsExactly(folder);
    }

    @Test
    void refusesAnotherKindANewerVersionAndWhatIsNotThere() {
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "thing", 2))
                .isInstanceOf(BadInput.class)
                .hasMessage("there is no folder " + folder
                        + ": expected one of kind 'thing'; check the path or build it first");
        write("x");
        assertThat(ArtifactFolder.open(folder, "thing", 3).manifest().formatVersion())
                .isEqualTo(2);
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "index", 2))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(folder + " is of kind 'thing', expected 'index'; give a folder of that kind");
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "thing", 1))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(folder + " is of kind 'thing' and format version 2, this Sidereal reads up to version 1;"
                        + " use a newer Sidereal or build the thing again");
    }

    @Test
    void saysWhatAManifestLacks() throws IOException {
        write("x");
        Path manifest = folder.resolve("manifest.json");
        String whole = Files.readString(manifest);
        Files.writeString(manifest, whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "thing", 2))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessageStartingWith(manifest + " is damaged: it is not JSON (")
                .hasMessageEndingWith("); restore the folder from a copy or build it again");
        Files.writeString(manifest, whole.replace("\"format_version\" : 2", "\"format_version\" : \"two\""));
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "thing", 2))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessage(manifest + " is damaged: 'format_version' must be a whole number from 1, got \"two\";"
                        + " restore the folder from a copy or build it again");
        Files.delete(manifest);
        assertThatThrownBy(() -> ArtifactFolder.open(folder, "thing", 2))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessageStartingWith(folder + " has no manifest.json: expected a folder of kind 'thing';");
    }

    @Test
    void refusesAnotherSourceThanItWasMadeFrom() {
        ArtifactFolder artifact = write("x");
        artifact.requireMadeFrom("encoder", "abc", "build it again");
        assertThatThrownBy(() -> artifact.requireMadeFrom("encoder", "xyz", "build it again with this encoder"))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(folder + " was made from encoder abc, got encoder xyz; build it again with this encoder");
        assertThatThrownBy(() -> artifact.requireMadeFrom("corpus", "xyz", "build it again"))
                .isInstanceOf(CorruptArtifact.class)
                .hasMessage(
                        "the manifest of " + folder + " does not say which corpus it was made from; build it again");
    }
}
