package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalisation over the last axis. */
public final class Norms {
    private Norms() {}

    /**
     * {@return {@code x} with mean 0 and variance 1, scaled and shifted}
     *
     * @param weight {@code [dims]}
     * @param bias {@code [dims]}
     */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
        long[] dims = {x.size(-1)};
        return new Tensor(torch.layer_norm(
                x.torch(), dims, new TensorOptional(weight.torch()), new TensorOptional(bias.torch()), epsilon, true));
    }

    /**
     * {@return {@code x} divided by its root mean square, scaled, in the type of {@code weight}}
     *
     * @param weight {@code [dims]}
     */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        long[] dims = {x.size(-1)};
        return new Tensor(torch.rms_norm(
                x.to(weight.dtype()).torch(), dims, new TensorOptional(weight.torch()), new DoubleOptional(epsilon)));
    }

    /** {@return {@code x} scaled to unit length; a length below 1e-12 counts as 1e-12} */
    public static Tensor unit(Tensor x) {
        return x.div(x.norm(-1).unsqueeze(-1).clamp(1e-12, Double.POSITIVE_INFINITY));
    }
}
