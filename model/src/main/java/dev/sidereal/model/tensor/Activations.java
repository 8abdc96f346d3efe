package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.global.torch;

/** Functions applied to each number, and dropout. */
public final class Activations {
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
     *
     * @param probability of being set to 0
     */
    public static Tensor dropout(Tensor x, double probability) {
        return probability == 0 || !NoGrad.recording() ? x : new Tensor(torch.dropout(x.torch(), probability, true));
    }
}
