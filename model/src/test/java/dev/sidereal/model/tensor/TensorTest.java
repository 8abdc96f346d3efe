package dev.sidereal.model.tensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.NativeLibrary;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final TensorScope scope = new TensorScope();

    @AfterEach
    void end() {
        scope.close();
    }

    @Test
    void numbersComeBackAsTheyWentIn() {
        Tensor tensor = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.dtype()).isEqualTo(DType.F32);
        assertThat(tensor.device()).isEqualTo(Device.CPU);
        assertThat(tensor.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor.transpose(0, 1).floats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Tensors.of(new int[] {7, -8}, 2).longs()).containsExactly(7, -8);
        assertThat(tensor).hasToString("F32[2, 3] on cpu");
    }

    @Test
    void aProductIsTheSumOfProducts() {
        Tensor a = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
        Tensor b = Tensors.of(new float[] {5, 6, 7, 8}, 2, 2);
        assertThat(a.matmul(b).floats()).containsExactly(19, 22, 43, 50);
    }

    @Test
    void axesArePickedNarrowedAndJoined() {
        Tensor a = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(a.select(0, 1).floats()).containsExactly(4, 5, 6);
        assertThat(a.narrow(1, 1, 2).floats()).containsExactly(2, 3, 5, 6);
        assertThat(a.indexSelect(1, Tensors.of(new long[] {2, 0}, 2)).floats()).containsExactly(3, 1, 6, 4);
        assertThat(a.gather(1, Tensors.of(new long[] {2, 0}, 2, 1)).floats()).containsExactly(3, 4);
        assertThat(a.rows(Tensors.of(new long[] {1, 0, 1}, 3)).shape()).containsExactly(3, 3);
        assertThat(Tensors.cat(1, List.of(a, a)).shape()).containsExactly(2, 6);
        assertThat(Tensors.stack(0, List.of(a, a)).shape()).containsExactly(2, 2, 3);
        assertThat(a.permute(1, 0).unsqueeze(0).shape()).containsExactly(1, 3, 2);
    }

    @Test
    void wholeNumbersStayWholeUnderWholeNumbers() {
        Tensor ids = Tensors.of(new long[] {3, 8, 1}, 3);
        assertThat(ids.add(-2).mul(3).clamp(0, 9).dtype()).isEqualTo(DType.I64);
        assertThat(ids.add(-2).mul(3).clamp(0, 9).longs()).containsExactly(3, 9, 0);
        assertThat(ids.mul(0.5).floats()).containsExactly(1.5f, 4, 0.5f);
    }

    @Test
    void masksChooseNumbers() {
        Tensor a = Tensors.of(new float[] {1, 2, 3}, 3);
        assertThat(a.maskedFill(a.gt(2), 9).floats()).containsExactly(1, 2, 9);
        assertThat(Tensors.where(a.lt(2).or(a.eq(3)), a, a.neg()).floats()).containsExactly(1, -2, 3);
        Tensor.Top top = a.top(2);
        assertThat(top.values().floats()).containsExactly(3, 2);
        assertThat(top.positions().longs()).containsExactly(2, 1);
    }

    @Test
    void storedNumbersAreReadInPlace() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, 2, 3, 4);
            Tensor tensor = Tensors.over(new StoredTensor("w", StoredType.F32, List.of(2L, 2L), segment));
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 40);
            assertThat(tensor.floats()).containsExactly(1, 2, 3, 40);
            assertThat(tensor.stored("w").data().address()).isEqualTo(segment.address());
        }
    }

    @Test
    void numbersThatAreNotAlignedAreCopied() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(9).asSlice(1);
            odd.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, 5);
            Tensor tensor = Tensors.over(odd, DType.F32, 2);
            odd.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4, 6);
            assertThat(tensor.floats()).containsExactly(0, 5);
        }
    }

    @Test
    void bf16KeepsTheUpperHalfOfAFloat() {
        Tensor tensor = Tensors.of(new float[] {1.0039062f, -2}, 2).to(DType.BF16);
        assertThat(tensor.stored("t").data().toArray(ValueLayout.JAVA_SHORT))
                .containsExactly((short) 0x3f80, (short) 0xc000);
    }

    @Test
    void dataOfAnotherLengthAreRefused() {
        assertThatThrownBy(() -> Tensors.of(new float[5], 2, 3))
                .isInstanceOf(BadConfig.class)
                .hasMessage("A tensor of type F32 and shape [2, 3] takes 24 bytes, got 20.");
    }

    @Test
    void gradientsFlowToWhatAsksForThem() {
        Tensor x = Tensors.of(new float[] {3}, 1).requiresGrad(true);
        x.mul(x).sum().backward();
        assertThat(requireNonNull(x.grad()).floats()).containsExactly(6);
        x.clearGrad();
        assertThat(x.grad()).isNull();
        try (NoGrad _ = new NoGrad()) {
            assertThat(x.mul(x).requiresGrad()).isFalse();
        }
        assertThat(x.mul(x).requiresGrad()).isTrue();
    }

    @Test
    void aSeedRepeatsAndAStateGoesOn() {
        Torch.seed(5);
        float[] first = Tensors.normal(1, DType.F32, Device.CPU, 4).floats();
        byte[] state = Torch.randomState();
        float[] second = Tensors.normal(1, DType.F32, Device.CPU, 4).floats();
        Torch.seed(5);
        assertThat(Tensors.normal(1, DType.F32, Device.CPU, 4).floats()).containsExactly(first);
        Torch.seed(6);
        Torch.randomState(state);
        assertThat(Tensors.normal(1, DType.F32, Device.CPU, 4).floats()).containsExactly(second);
    }

    @Test
    void autocastShortensProductsAndLeavesTheRest() {
        Tensor x = Tensors.ones(DType.F32, Device.CPU, 2, 2);
        try (Autocast _ = Autocast.bf16(Device.CPU)) {
            assertThat(x.matmul(x).dtype()).isEqualTo(DType.BF16);
            assertThat(x.add(x).dtype()).isEqualTo(DType.F32);
        }
        assertThat(x.matmul(x).dtype()).isEqualTo(DType.F32);
    }

    @Test
    void theLibraryTellsItsVersion() {
        NativeLibrary library = NativeLibrary.torch();
        assertThat(library.loaded()).as(library.detail()).isTrue();
        assertThat(library.detail()).startsWith("loaded, version 2.");
    }
}
