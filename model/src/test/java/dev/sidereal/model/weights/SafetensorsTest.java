package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("a.safetensors");
    }

    /** How the file was made: reference.py beside it. */
    static Path reference(Path folder) throws IOException {
        Path file = folder.resolve("reference.safetensors");
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("reference.safetensors")) {
            Files.copy(Objects.requireNonNull(in), file);
        }
        return file;
    }

    @Test
    void theFileOfTheReferenceIsRead() throws IOException {
        try (Safetensors tensors = Safetensors.open(reference(folder))) {
            assertThat(tensors.metadata()).isEqualTo(Map.of("format", "pt"));
            assertThat(tensors.names())
                    .containsExactly("ids", "d", "b.weight", "empty", "scalar", "half", "i16", "i8", "u", "größe 😀");
            assertThat(StoredNumbers.floats(tensors.tensor("b.weight")))
                    .containsExactly(-2.5f, -1.5f, -.5f, .5f, 1.5f, 2.5f);
            assertThat(tensors.tensor("b.weight").shape()).containsExactly(2L, 3L);
            // The half nearest to -0.1.
            assertThat(StoredNumbers.floats(tensors.tensor("half"))).containsExactly(1.5f, -0.099975586f);
            assertThat(StoredNumbers.floats(tensors.tensor("d"))).containsExactly(.1f);
            assertThat(tensors.tensor("empty").shape()).containsExactly(0L, 4L);
            assertThat(tensors.tensor("scalar").shape()).isEmpty();
            assertThat(bytes(tensors.tensor("scalar"))).containsExactly(7, 0, 0, 0);
            assertThat(bytes(tensors.tensor("ids"))).startsWith(1, 0).endsWith(-1, -1);
            assertThat(bytes(tensors.tensor("größe 😀"))).containsExactly(1, 0, 1);
            assertThat(tensors.tensor("i16").type()).isEqualTo(StoredType.I16);
        }
    }

    @Test
    void whatIsWrittenIsByteForByteWhatTheReferenceWrites() throws IOException {
        Path reference = reference(folder);
        try (Safetensors tensors = Safetensors.open(reference)) {
            new SafetensorsWriter().addAll(tensors).write(file);
        }
        assertThat(file).hasSameBinaryContentAs(reference);
    }

    @Test
    void aTensorOfAClosedFileCannotBeRead() throws IOException {
        Safetensors tensors = Safetensors.open(reference(folder));
        StoredTensor tensor = tensors.tensor("half");
        tensors.close();
        tensors.close();
        assertThatThrownBy(() -> StoredNumbers.floats(tensor)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheClosest() throws IOException {
        try (Safetensors tensors = Safetensors.open(reference(folder))) {
            assertThatThrownBy(() -> tensors.tensor("a.weight"))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(folder.resolve("reference.safetensors") + " has no tensor \"a.weight\" among its 10, "
                            + "the closest is \"b.weight\"; is it a checkpoint of another architecture?");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("There is no file " + file + " to read weights from; check the path.");
    }

    /** Data are 8 zero bytes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | ends too early: tensor "a" lies at bytes 0 to 12, but only 8 bytes of data follow the header
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | has 8 bytes of data, expected 4 by its header
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | has a hole: tensor "a" lies at bytes 4 to 8, expected it to begin at 0
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | has an overlap: tensor "b" lies at bytes 4 to 8, expected it to begin at 8
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | gives data_offsets 8 to 0 to tensor "a", backwards, expected 8 for type F32 and shape [2]
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | gives data_offsets 0 to 8 to tensor "a", 8 bytes, expected 12 for type F32 and shape [3]
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | has the shape [4294967296, 4294967296] in tensor "a", more numbers than can be counted
            {"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}} | has the shape [9223372036854775807] in tensor "a", more numbers than can be counted
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | has the number -2 in tensor "a", shape, expected a whole number from 0 to 9223372036854775807
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}} | has the number 99999999999999999999 in tensor "a", data_offsets, expected a whole number
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | has a fraction as tensor "a", shape, expected a whole number
            {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}} | has a whole number as tensor "a", shape, expected a list
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}} | has 3 data_offsets in tensor "a", expected 2
            {"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}} | has the dtype "F8_E4M3" in tensor "a", expected one of [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]
            {"a":{"dtype":"F32","shape":[2]}} | lacks data_offsets in tensor "a"
            {"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}} | has dtype twice in tensor "a"
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}} | has the key "more" in tensor "a", expected dtype, shape and data_offsets
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | has the tensor "a" twice
            {"a":7} | has a whole number as tensor "a", expected an object
            {"__metadata__":{"a":1}} | has a whole number as __metadata__.a, expected a text
            {"__metadata__":{},"__metadata__":{}} | has __metadata__ twice
            {"__metadata__":{"a":"1","a":"2"}} | has __metadata__.a twice
            [] | has a list as its header, expected an object
            {}{} | has more than one JSON value in its header, expected one object
            {"a" | has a header that is not JSON (Unexpected end-of-input
            """)
    void aHeaderThatTheFormatForbidsIsRefused(String header, String message) throws IOException {
        write(header.length(), header, new byte[8]);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The safetensors file " + file + " " + message)
                .hasMessageEndingWith("; copy or write it again.");
    }

    @ParameterizedTest
    @CsvSource({
        "99, 'says that its header has 99 bytes, but only 2 follow'",
        "100000001, 'says that its header has 100000001 bytes, expected at most 100000000'",
        "-1, 'says that its header has 18446744073709551615 bytes, expected at most 100000000'",
    })
    void aLengthThatCannotBeIsRefused(long length, String message) throws IOException {
        write(length, "{}", new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("The safetensors file " + file + " " + message + "; copy or write it again.");
    }

    @Test
    void aFileWithoutRoomForALengthIsRefused() throws IOException {
        Files.write(file, new byte[7]);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("The safetensors file " + file
                        + " has 7 bytes, expected at least the 8 of the header's length; copy or write it again.");
    }

    @Test
    void deepNestingAndManyAxesEndInASentence() throws IOException {
        String deep = "{\"a\":{\"shape\":" + "[".repeat(100_000);
        write(deep.length(), deep, new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("has a list as tensor \"a\", shape");
        String wide = "{\"a\":{\"shape\":[1" + ",1".repeat(100_000);
        write(wide.length(), wide, new byte[0]);
        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("has more than 64 numbers in tensor");
    }

    @Test
    void aCheckpointWithoutTensorsIsRead() throws IOException {
        write(4, "{}  ", new byte[0]);
        try (Safetensors tensors = Safetensors.open(file)) {
            assertThat(tensors.names()).isEmpty();
        }
    }

    @Test
    void aWriterThatFailsLeavesTheOldFile() throws IOException {
        Files.writeString(file, "old");
        SafetensorsWriter writer = new SafetensorsWriter()
                .add("a", StoredType.F32, List.of(2L), () -> floats("a", 1))
                .add(floats("b", 1, 2));
        assertThatThrownBy(() -> writer.write(file))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The tensor \"a\" was announced as F32 [2], but its data are F32 [1].");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        Path elsewhere = file.resolve("b.safetensors");
        assertThatThrownBy(() -> new SafetensorsWriter().add(floats("a", 1)).write(elsewhere))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot write " + elsewhere);
    }

    @Test
    void namesAndShapesThatTheFormatCannotHoldAreRefused() {
        SafetensorsWriter writer = new SafetensorsWriter().add(floats("a", 1));
        assertThatThrownBy(() -> writer.add(floats("a", 1)))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The tensor \"a\" is to be written twice.");
        assertThatThrownBy(() -> writer.add(floats("__metadata__", 1)))
                .hasMessage("A tensor cannot be named __metadata__: safetensors keeps free texts there.");
        assertThatThrownBy(() -> writer.add(floats("half \ud83d", 1))).hasMessageContaining("half a surrogate pair");
        assertThatThrownBy(() -> writer.add("b", StoredType.F32, List.of(-1L), () -> floats("b")))
                .hasMessage("The tensor \"b\" cannot have the shape [-1].");
    }

    private void write(long length, String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + data.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json).put(data);
        Files.write(file, bytes.array());
    }

    static StoredTensor floats(String name, float... values) {
        return StoredNumbers.of(name, StoredType.F32, List.of((long) values.length), values);
    }

    static byte[] bytes(StoredTensor tensor) {
        return tensor.data().toArray(ValueLayout.JAVA_BYTE);
    }

    static StoredTensor raw(String name, StoredType type, List<Long> shape, byte[] bytes) {
        return new StoredTensor(name, type, shape, MemorySegment.ofArray(bytes));
    }
}
