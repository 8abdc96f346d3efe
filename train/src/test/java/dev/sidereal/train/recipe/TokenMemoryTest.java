package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.torch.AttentionMask;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with what the C library says is in use, which knows every array of libtorch. */
class TokenMemoryTest {
    private static final int TEXTS = 8;
    private static final int WIDTH = 128;
    private static final Optional<MethodHandle> MALLINFO = mallinfo();

    @BeforeEach
    void askTheLibrary() {
        assumeThat(MALLINFO).as("a C library that tells what is in use").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"true, 0.1", "true, 0", "false, 0.1", "false, 0"})
    void aBertHoldsWhatIsCounted(boolean bf16, double dropout) {
        BertConfig config = new BertConfig(
                BertConfig.Family.BERT, 50, 128, 4, 4, 512, WIDTH, 1, 1e-12, Activation.GELU, dropout, dropout, 0);
        TokenMemory counted = TokenMemory.of(config, WIDTH, bf16);
        try (Bert bert = Bert.random(config, Device.CPU);
                TensorScope _ = new TensorScope()) {
            TokenBatch batch = batch();
            assertNear(held(bf16, () -> bert.states(batch).getLast()), counted.graph());
            try (NoGrad _ = new NoGrad()) {
                assertThat(held(bf16, () -> bert.states(batch).getLast()))
                        .isLessThan((long) (1.2 * TEXTS * WIDTH * counted.answer()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aDecoderHoldsWhatIsCounted(boolean bf16) {
        DecoderConfig config =
                new DecoderConfig(128, 4, 4, 2, 32, 512, 50, WIDTH, 1e6, RopeScaling.NONE, 1e-6, true, true);
        try (TrainableDecoder decoder = TrainableDecoder.random(config, DType.F32, Device.CPU);
                TensorScope _ = new TensorScope()) {
            TokenBatch batch = batch();
            assertNear(
                    held(bf16, () -> decoder.hidden(decoder.embed(batch.ids()), AttentionMask.causal())),
                    TokenMemory.of(config, WIDTH, bf16).graph());
        }
    }

    /** One text is shorter, so that there is padding. */
    private static TokenBatch batch() {
        return TokenBatch.of(
                IntStream.range(0, TEXTS)
                        .mapToObj(text -> IntStream.range(0, text == 0 ? WIDTH / 2 : WIDTH)
                                .mapToLong(i -> 1 + (7 * i + text) % 49)
                                .toArray())
                        .toList(),
                0,
                Device.CPU);
    }

    private static void assertNear(long held, long bytesPerToken) {
        double ratio = held / (double) (TEXTS * WIDTH * bytesPerToken);
        assertThat(ratio).as("held over counted").isBetween(.75, 1.25);
    }

    /**
     * {@return bytes that a pass holds when it is over and before its scope is} The median of seven, since other threads
     * (the compiler's, the collector's) use the C library too.
     */
    private static long held(boolean bf16, Supplier<Tensor> pass) {
        return IntStream.range(0, 7)
                .mapToLong(_ -> heldOnce(bf16, pass))
                .sorted()
                .skip(3)
                .findFirst()
                .orElseThrow();
    }

    private static long heldOnce(boolean bf16, Supplier<Tensor> pass) {
        try (TensorScope _ = new TensorScope()) {
            long before = inUse();
            List<Tensor> kept = List.of(run(bf16, pass));
            long after = inUse();
            assertThat(kept).hasSize(1);
            return after - before;
        }
    }

    private static Tensor run(boolean bf16, Supplier<Tensor> pass) {
        if (!bf16) {
            return pass.get();
        }
        try (Autocast _ = Autocast.bf16(Device.CPU)) {
            return pass.get();
        }
    }

    /** {@return bytes in use in all arenas, and in mappings of their own} */
    private static long inUse() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) MALLINFO.orElseThrow().invokeExact((SegmentAllocator) arena);
            // struct mallinfo2: arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost
            return info.getAtIndex(ValueLayout.JAVA_LONG, 4) + info.getAtIndex(ValueLayout.JAVA_LONG, 7);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted") // a function of the C library without pointers
    private static Optional<MethodHandle> mallinfo() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("mallinfo2")
                .map(function -> linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG)))));
    }
}
