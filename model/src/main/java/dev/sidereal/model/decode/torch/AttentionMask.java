package dev.sidereal.model.decode.torch;

import dev.sidereal.model.tensor.Attention;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Which positions of a sequence see which. */
public final class AttentionMask {
    private final boolean causal;
    private final @Nullable Tensor real;

    private AttentionMask(boolean causal, @Nullable Tensor real) {
        this.causal = causal;
        this.real = real;
    }

    /** {@return each sees those before it and itself; padding may follow, but nothing may be read there} */
    public static AttentionMask causal() {
        return new AttentionMask(true, null);
    }

    /** {@return each sees all} */
    public static AttentionMask bidirectional() {
        return new AttentionMask(false, null);
    }

    /**
     * {@return this, with padding that nothing sees}
     *
     * @param real {@code BOOL[batch][positions]}, false for padding
     */
    public AttentionMask padded(Tensor real) {
        return new AttentionMask(causal, real);
    }

    /** {@return what {@link Attention#writtenOut} takes} */
    @Nullable
    Tensor tensor(int positions, Device device) {
        Tensor before = causal ? Attention.causalMask(positions, positions, device) : null;
        if (real == null) {
            return before;
        }
        Tensor columns = real.to(device).unsqueeze(1).unsqueeze(1);
        return before == null ? columns : before.and(columns);
    }
}
