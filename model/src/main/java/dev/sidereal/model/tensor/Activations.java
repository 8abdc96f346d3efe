package dev.sidereal.model.tensor;

import dev.sidereal.core.vector.Rows;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch;

/** Functions applied to each number, and dropout. */
public final class Activations {
    private static final int PIECE = 1 << 18;

    private Activations() {}

    /** {@return the Gaussian error linear unit, exact} */
    public static Tensor gelu(Tensor x) {
        return new Tensor(torch.gelu(x.torch()));
    }

    /** {@return the Gaussian error linear unit by its tanh approximation} */
    public static Tensor geluTanh(Tensor x) {
        return new Tensor(torch.gelu(x.torch(), "tanh"));
    }

    /** {@return {@code x} times its sigmoid} */
    public static Tensor silu(Tensor x) {
        return new Tensor(torch.silu(x.torch()));
    }

    /** {@return {@code x}, negative ones as 0} */
    public static Tensor relu(Tensor x) {
        return new Tensor(torch.relu(x.torch()));
    }

    /** {@return the hyperbolic tangent} */
    public static Tensor tanh(Tensor x) {
        return new Tensor(torch.tanh(x.torch()));
    }

    /** {@return {@code 1 / (1 + exp(-x))}} */
    public static Tensor sigmoid(Tensor x) {
        return new Tensor(torch.sigmoid(x.torch()));
    }

    /**
     * {@return {@code x} with numbers set to 0 at random and the others scaled up; {@code x} itself under {@link NoGrad}}
     * On a CPU the mask is ours, named by one number that libtorch draws: its own draws every number by itself, eight
     * times slower.
     *
     * @param probability of being set to 0
     */
    public static Tensor dropout(Tensor x, double probability) {
        if (probability == 0 || !NoGrad.recording()) {
            return x;
        }
        boolean plain = x.dtype() == DType.F32 || x.dtype() == DType.BF16;
        return plain && x.device().equals(Device.CPU)
                ? x.mul(mask(x, probability))
                : new Tensor(torch.dropout(x.torch(), probability, true));
    }

    private static Tensor mask(Tensor x, double probability) {
        double drawn = Tensors.uniform(DType.F64, Device.CPU, 1).item();
        long bits = (long) (drawn * (1L << 53));
        long seed = bits * 0x9E3779B97F4A7C15L;
        Tensor mask = Tensors.empty(x.dtype(), Device.CPU, x.shape());
        MemorySegment numbers = TensorData.memory(mask);
        boolean bf16 = x.dtype() == DType.BF16;
        long bytes = bf16 ? 2 : 4;
        float kept = (float) (1 / (1 - probability));
        long count = mask.count();
        LongStream pieces = LongStream.range(0, (count + PIECE - 1) / PIECE);
        (Torch.threads() > 1 ? pieces.parallel() : pieces).forEach(piece -> {
            long first = piece * PIECE;
            int n = (int) Math.min(PIECE, count - first);
            Rows.randomMask(seed, first, n, probability, kept, bf16, numbers, bytes * first);
        });
        return mask;
    }
}
