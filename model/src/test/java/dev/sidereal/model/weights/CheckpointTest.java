package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    private static final String FIRST = "model-00001-of-00003.safetensors";
    private static final String SECOND = "model-00002-of-00003.safetensors";
    private static final String THIRD = "model-00003-of-00003.safetensors";

    @TempDir
    private Path folder;

    @Test
    void weightsThatFitGoToOneFile() throws IOException {
        Checkpoint.write(folder, tensors(), 20);
        assertThat(files()).containsExactly("model.safetensors");
        assertThatItHoldsAll();
    }

    @Test
    void weightsThatDoNotFitGoToShardsWithAnIndex() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        assertThat(files()).containsExactly(FIRST, SECOND, THIRD, ShardIndex.NAME);
        assertThat(folder.resolve(ShardIndex.NAME)).content().isEqualToIgnoringWhitespace("""
                {"metadata": {"total_size": 20}, "weight_map": {
                  "a": "model-00001-of-00003.safetensors",
                  "b": "model-00001-of-00003.safetensors",
                  "c": "model-00002-of-00003.safetensors",
                  "d": "model-00003-of-00003.safetensors"}}""");
        assertThatItHoldsAll();
    }

    @Test
    void aNewCheckpointReplacesAnOldOneWhole() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Checkpoint.write(folder, tensors(), 1);
        Checkpoint.write(folder, tensors(), 8);
        assertThat(files()).containsExactly("config.json", FIRST, SECOND, THIRD, ShardIndex.NAME);
        assertThatItHoldsAll();
        Checkpoint.write(folder, tensors(), 99);
        assertThat(files()).containsExactly("config.json", "model.safetensors");
        Checkpoint.write(folder, tensors(), 8);
        assertThat(files()).containsExactly("config.json", FIRST, SECOND, THIRD, ShardIndex.NAME);
    }

    @Test
    void aWriteThatFailsLeavesTheOldCheckpoint() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        SafetensorsWriter failing = tensors().add("e", StoredType.F32, java.util.List.of(1L), () -> {
            throw new BadInput("no data");
        });
        assertThatThrownBy(() -> Checkpoint.write(folder, failing, 8)).hasMessage("no data");
        assertThat(files()).containsExactly(FIRST, SECOND, THIRD, ShardIndex.NAME);
        assertThatItHoldsAll();
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("The folder " + folder + " has neither model.safetensors nor model.safetensors.index.json; "
                        + "check the path, or download the model's safetensors files.");
        Files.writeString(folder.resolve("pytorch_model.bin"), "");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .hasMessageEndingWith("pytorch_model.bin is pickled code that is not read; convert it to safetensors.");
    }

    @Test
    void aMissingShardIsNamedWithWhatIsLost() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        Files.delete(folder.resolve(FIRST));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("The checkpoint " + folder + " lacks the file " + FIRST
                        + ", which holds 2 of its 4 tensors; download it again.");
    }

    @Test
    void aTensorInNoShardIsNamed() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        new SafetensorsWriter().add(SafetensorsTest.floats("x", 1)).write(folder.resolve(SECOND));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("The checkpoint " + folder + " has the tensor \"c\" in none of its files, "
                        + "model.safetensors.index.json says it is in " + SECOND + "; download both again.");
    }

    @Test
    void anIndexThatLiesIsRefused() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        Path index = folder.resolve(ShardIndex.NAME);
        Files.writeString(index, Files.readString(index).replaceFirst(FIRST, THIRD));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("The checkpoint " + folder + " has the tensor \"a\" in " + FIRST
                        + ", model.safetensors.index.json says it is in " + THIRD + "; download the index again.");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        Checkpoint.write(folder, tensors(), 8);
        Files.copy(folder.resolve(THIRD), folder.resolve(SECOND), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage("The checkpoint " + folder + " has the tensor \"d\" twice, in " + SECOND + " and in "
                        + THIRD + "; remove the file of another checkpoint.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"weight_map": | is not JSON (
            {} | has no "weight_map" that names a file for each tensor; download it again.
            {"weight_map": {}} | has no "weight_map" that names a file
            {"weight_map": {"a": 7}} | says that the tensor "a" is in 7, expected the name of a file in the same folder
            {"weight_map": {"a": "../b.safetensors"}} | says that the tensor "a" is in "../b.safetensors", expected the name
            {"weight_map": {"a": "/etc/passwd"}} | says that the tensor "a" is in "/etc/passwd", expected the name of a file
            """)
    void anIndexThatCannotBeUsedIsRefused(String index, String message) throws IOException {
        Files.writeString(folder.resolve(ShardIndex.NAME), index);
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The index " + folder.resolve(ShardIndex.NAME) + " " + message);
    }

    @Test
    void aShardThatHoldsNothingIsRefused() {
        assertThatThrownBy(() -> Checkpoint.write(folder, tensors(), 0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A shard holds at least 1 byte, got 0.");
    }

    private static SafetensorsWriter tensors() {
        return new SafetensorsWriter()
                .add(SafetensorsTest.floats("a", 1))
                .add(SafetensorsTest.floats("b", 2))
                .add(SafetensorsTest.floats("c", 3, 4))
                .add(SafetensorsTest.floats("d", 5));
    }

    private void assertThatItHoldsAll() {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c", "d");
            assertThat(StoredNumbers.floats(checkpoint.tensor("b"))).containsExactly(2f);
            assertThat(StoredNumbers.floats(checkpoint.tensor("c"))).containsExactly(3f, 4f);
            assertThatThrownBy(() -> checkpoint.tensor("e")).hasMessageStartingWith(folder + " has no tensor \"e\"");
        }
    }

    private Set<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }
}
