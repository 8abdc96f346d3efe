package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Field numbers are those of onnx.proto. */
class OnnxWeightsTest {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int FLOAT16 = 10;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("model.onnx");
    }

    /** A linear layer, a second one of the same weight, and a norm that shares the first one's bias. */
    static ProtoBytes graph() {
        return new ProtoBytes()
                .message(1, node("MatMul", "/layer.0/dense/MatMul", "out", "x", "onnx::MatMul_7"))
                .message(1, node("MatMul", "/layer.1/dense/MatMul", "out2", "out", "onnx::MatMul_7"))
                .message(1, node("MatMul", "/layer.1/scores/MatMul", "out3", "out", "out2"))
                .message(1, node("MatMul", "/layer.1/kept/MatMul", "out4", "out", "kept.weight"))
                .message(1, node("Identity", "Identity_1", "layer.1.dense.bias", "layer.0.dense.bias"))
                .text(2, "torch_jit")
                .message(5, tensor("layer.0.dense.bias", FLOAT, 3).bytes(9, ProtoBytes.floats(1, 2, 3)))
                .message(5, tensor("onnx::MatMul_7", FLOAT, 2, 3).bytes(9, ProtoBytes.floats(1, 2, 3, 4, 5, 6)))
                .message(5, tensor("kept.weight", FLOAT, 1, 2).bytes(4, ProtoBytes.floats(7, 8)))
                .message(5, tensor("onnx::Slice_9", INT64, 2).number(7, 5).number(7, -1))
                .message(5, tensor("loose", FLOAT, 2).fixed(4, .5f).fixed(4, 1.5f))
                .message(5, tensor("half", FLOAT16, 1).number(5, 0x3C00));
    }

    private static ProtoBytes node(String operator, String name, String output, String... inputs) {
        ProtoBytes node = new ProtoBytes();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(3, name).text(4, operator);
    }

    private static ProtoBytes tensor(String name, int type, long... shape) {
        ProtoBytes tensor = new ProtoBytes();
        for (long axis : shape) {
            tensor.number(1, axis);
        }
        return tensor.number(2, type).text(8, name);
    }

    private OnnxWeights open(ProtoBytes graph) throws IOException {
        Files.write(
                file,
                new ProtoBytes()
                        .number(1, 6)
                        .text(2, "pytorch")
                        .message(7, graph)
                        .number(99, 1)
                        .toBytes());
        return OnnxWeights.open(file);
    }

    @Test
    void namesAndShapesAreThoseOfTheCheckpoint() throws IOException {
        try (OnnxWeights weights = open(graph())) {
            assertThat(weights.names())
                    .containsExactlyInAnyOrder(
                            "layer.0.dense.bias",
                            "layer.1.dense.bias",
                            "layer.0.dense.weight",
                            "layer.1.dense.weight",
                            "kept.weight",
                            "onnx::Slice_9",
                            "loose",
                            "half");
            StoredTensor dense = weights.tensor("layer.1.dense.weight");
            assertThat(dense.name()).isEqualTo("layer.1.dense.weight");
            assertThat(dense.shape()).containsExactly(3L, 2L);
            assertThat(StoredNumbers.floats(dense)).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(StoredNumbers.floats(weights.tensor("layer.1.dense.bias")))
                    .containsExactly(1, 2, 3);
            assertThat(weights.tensor("kept.weight").shape()).containsExactly(1L, 2L);
            assertThat(StoredNumbers.floats(weights.tensor("kept.weight"))).containsExactly(7, 8);
            assertThat(StoredNumbers.floats(weights.tensor("loose"))).containsExactly(.5f, 1.5f);
            assertThat(StoredNumbers.floats(weights.tensor("half"))).containsExactly(1);
            assertThat(SafetensorsTest.bytes(weights.tensor("onnx::Slice_9")))
                    .containsExactly(5, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1);
            assertThatThrownBy(() -> weights.tensor("layer.0.dense.wight"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("the closest is \"layer.0.dense.weight\"");
        }
    }

    @Test
    void onlyTheReplacedNumbersChange() throws IOException {
        open(graph()).close();
        byte[] before = Files.readAllBytes(file);
        Path target = folder.resolve("new.onnx");
        float[] turned = {10, 40, 20, 50, 30, 60};
        OnnxWeights.replace(
                file,
                TensorMap.of(
                        "test",
                        List.of(
                                StoredNumbers.of("layer.0.dense.weight", StoredType.F64, List.of(3L, 2L), turned),
                                StoredNumbers.of("kept.weight", StoredType.F32, List.of(1L, 2L), new float[] {9, 8}))),
                target);
        byte[] after = Files.readAllBytes(target);
        assertThat(after)
                .isEqualTo(replaced(
                        replaced(
                                before, ProtoBytes.floats(1, 2, 3, 4, 5, 6), ProtoBytes.floats(10, 20, 30, 40, 50, 60)),
                        ProtoBytes.floats(7, 8),
                        ProtoBytes.floats(9, 8)));
        OnnxWeights.replace(target, TensorMap.of("nothing", List.of()), target);
        assertThat(target).hasBinaryContent(after);
        try (OnnxWeights weights = OnnxWeights.open(file)) {
            OnnxWeights.replace(target, floatsOf(weights), target);
        }
        assertThat(target).hasBinaryContent(before);
    }

    private static TensorMap floatsOf(OnnxWeights weights) {
        return TensorMap.of(
                "test",
                weights.names().stream()
                        .filter(name -> name.contains("layer") || name.contains("kept"))
                        .map(weights::tensor)
                        .toList());
    }

    private static byte[] replaced(byte[] in, byte[] old, byte[] now) {
        byte[] out = in.clone();
        for (int at = 0; at + old.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + old.length, old, 0, old.length)) {
                System.arraycopy(now, 0, out, at, now.length);
                return out;
            }
        }
        throw new AssertionError("the old numbers are not in the file");
    }

    @Test
    void whatCannotBeReplacedIsRefused() throws IOException {
        open(graph()).close();
        assertThatReplacing("loose", 2)
                .isEqualTo("The tensor \"loose\" of " + file
                        + " is written number by number and cannot be replaced; save the ONNX model anew.");
        assertThatReplacing("layer.0.dense.bias", 4)
                .isEqualTo("The tensor \"layer.0.dense.bias\" of test has the shape [4], expected [3] as in " + file
                        + ".");
        assertThatReplacing("pooler.bias", 4).startsWith(file + " has no tensor \"pooler.bias\" among its 8");
        assertThatThrownBy(() -> OnnxWeights.replace(
                        file,
                        TensorMap.of(
                                "test",
                                List.of(
                                        SafetensorsTest.floats("layer.0.dense.bias", 1, 2, 3),
                                        SafetensorsTest.floats("layer.1.dense.bias", 1, 2, 4))),
                        file))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "The tensors \"layer.0.dense.bias\" and \"layer.1.dense.bias\" of test differ, but the graph "
                                + "of " + file + " has one for both; export the model anew.");
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatReplacing(String name, int size) {
        TensorMap one = TensorMap.of("test", List.of(SafetensorsTest.floats(name, new float[size])));
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> OnnxWeights.replace(file, one, file));
        return assertThat(thrown).isInstanceOf(BadInput.class).message();
    }

    @Test
    void numbersThatAreNotThereAreNamed() throws IOException {
        assertThatThrownBy(() ->
                        open(new ProtoBytes().message(5, tensor("a", FLOAT, 3).number(14, 1))))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "The initialiser \"a\" of " + file + " keeps its numbers in another file, which is not read; "
                                + "save the ONNX model in one file.");
        assertThatThrownBy(() -> open(new ProtoBytes()
                                .message(
                                        5,
                                        tensor("a", FLOAT, 1L << 60, 1L << 60).bytes(9, new byte[4])))
                        .tensor("a"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(
                        "has the shape [1152921504606846976, 1152921504606846976], more numbers than can");
        assertThatThrownBy(() -> open(new ProtoBytes()
                                .message(5, tensor("a", FLOAT, 3).bytes(9, new byte[4])))
                        .tensor("a"))
                .hasMessage("The initialiser \"a\" of " + file
                        + " has 4 bytes of numbers, expected 12 for type F32 and " + "shape [3]; copy the file again.");
        assertThatThrownBy(() -> open(new ProtoBytes()
                                .message(5, tensor("a", FLOAT, 1L << 40).fixed(4, 1)))
                        .tensor("a"))
                .hasMessageContaining("has 4 bytes of numbers, expected 4398046511104");
        assertThatThrownBy(() ->
                        open(new ProtoBytes().message(5, tensor("a", 8, 1))).tensor("a"))
                .hasMessage(
                        "The initialiser \"a\" of " + file + " is of the ONNX type STRING, which is not supported.");
    }

    @Test
    void aFileThatIsNoOnnxModelIsRefused() throws IOException {
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> OnnxWeights.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessage("The ONNX file " + file + " is damaged: at byte 0 it ends without a graph; copy it again.");
        Files.write(file, new ProtoBytes().varint(7 << 3 | 2).varint(100).toBytes());
        assertThatThrownBy(() -> OnnxWeights.open(file))
                .hasMessage("The ONNX file " + file
                        + " is damaged: at byte 2 the field 7 has 100 bytes, but 0 are left; copy it again.");
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1");
        assertThatThrownBy(() -> OnnxWeights.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("The ONNX file " + file + " is damaged: at byte ");
    }
}
