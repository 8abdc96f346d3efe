package dev.sidereal.model.encoder;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Tensor;

/** The function between the two maps of a feed-forward block. */
public enum Activation {
    GELU("gelu"),
    GELU_TANH("gelu_new"),
    RELU("relu"),
    SILU("silu");

    private final String key;

    Activation(String key) {
        this.key = key;
    }

    /** {@return its name in {@code config.json}} */
    String key() {
        return key;
    }

    /**
     * {@return the activation of that name}
     *
     * @param file where the name stands, for the message
     * @throws BadInput if there is none
     */
    static Activation named(String name, String file) {
        return switch (name) {
            case "gelu" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> GELU_TANH;
            case "relu" -> RELU;
            case "silu", "swish" -> SILU;
            default ->
                throw new BadInput(file + ": the activation \"" + name
                        + "\" (hidden_act) is not supported; supported are gelu, gelu_new, relu and silu.");
        };
    }

    Tensor apply(Tensor x) {
        return switch (this) {
            case GELU -> Activations.gelu(x);
            case GELU_TANH -> Activations.geluTanh(x);
            case RELU -> Activations.relu(x);
            case SILU -> Activations.silu(x);
        };
    }
}
