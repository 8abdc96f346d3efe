package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Losses of libtorch, each a single number unless said otherwise. */
public final class Losses {
    /** A target that {@link #crossEntropy} leaves out. */
    public static final long IGNORED = -100;

    private static final int MEAN = 1;

    private Losses() {}

    /**
     * {@return mean negative log-probability of the targets}
     *
     * @param logits {@code [rows][classes]}
     * @param targets {@code I64[rows]}; {@link #IGNORED} leaves a row out
     */
    public static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return crossEntropy(logits, targets, 0);
    }

    /** As {@link #crossEntropy(Tensor, Tensor)}, with that share of each target spread over all classes. */
    public static Tensor crossEntropy(Tensor logits, Tensor targets, double smoothing) {
        return new Tensor(torch.cross_entropy_loss(
                logits.torch(), targets.torch(), new TensorOptional(), MEAN, IGNORED, smoothing));
    }

    /** {@return mean of the squared differences} */
    public static Tensor meanSquaredError(Tensor predicted, Tensor target) {
        return new Tensor(torch.mse_loss(predicted.torch(), target.torch()));
    }

    /**
     * {@return Kullback-Leibler divergence of the target from the prediction, summed over the last axis and averaged
     * over the others}
     *
     * @param logPredicted logarithms of probabilities, {@code [...][classes]}
     * @param logTarget the same
     */
    public static Tensor klDivergence(Tensor logPredicted, Tensor logTarget) {
        return logTarget.exp().mul(logTarget.sub(logPredicted)).sum(-1).mean();
    }

    /** {@return cosine of each pair of vectors along the last axis, {@code [rows]} for {@code [rows][dims]}} */
    public static Tensor cosine(Tensor a, Tensor b) {
        return new Tensor(torch.cosine_similarity(a.torch(), b.torch(), -1, 1e-8));
    }
}
