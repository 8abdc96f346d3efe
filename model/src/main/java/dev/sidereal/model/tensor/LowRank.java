package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;

/**
 * What is trained of a {@link Linear} map instead of its weight: {@code W + scale * B A}. Source: LoRA, arXiv
 * 2106.09685, section 4.1.
 *
 * @param a {@code [rank][in]}, random at first
 * @param b {@code [out][rank]}, zero at first
 * @param scale {@code alpha / rank}
 * @param dropout probability that a number of the input is dropped on the way to {@code a}
 */
public record LowRank(Tensor a, Tensor b, double scale, double dropout) {
    /** @throws BadConfig if the shapes do not fit each other */
    public LowRank {
        if (a.size(0) != b.size(1)) {
            throw new BadConfig(
                    "A low-rank change needs one rank, got " + a.size(0) + " in A and " + b.size(1) + " in B.");
        }
    }

    /** {@return how many directions it has} */
    public int rank() {
        return a.size(0);
    }

    /** {@return what it adds to the output for {@code x}, {@code [...][in]}} */
    Tensor apply(Tensor x) {
        Tensor down = Activations.dropout(x, dropout);
        return down.matmul(a.transpose(0, 1)).matmul(b.transpose(0, 1)).mul(scale);
    }

    /** {@return what it adds to the weight, {@code [out][in]}} */
    Tensor delta() {
        return b.matmul(a).mul(scale);
    }
}
