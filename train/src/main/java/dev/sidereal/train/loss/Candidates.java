package dev.sidereal.train.loss;

import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.List;

/**
 * What a softmax chooses from, as logits.
 *
 * @param right {@code [n]}
 * @param others {@code [n][m]}
 * @param out {@code BOOL[n][m]}, true for others that are none
 */
record Candidates(Tensor right, Tensor others, Tensor out) {
    private static final double IDLE = 1e-3;

    static Candidates join(List<Candidates> parts) {
        return new Candidates(
                parts.getFirst().right,
                Tensors.cat(1, parts.stream().map(Candidates::others).toList()),
                Tensors.cat(1, parts.stream().map(Candidates::out).toList()));
    }

    /** {@return mean cross-entropy with that share of the target spread evenly over all candidates of a row} */
    Tensor crossEntropy(double smoothing) {
        return rows(smoothing).mean();
    }

    /** {@return share of rows whose cross-entropy is so low that they teach nothing} */
    double idle() {
        return rows(0).lt(IDLE).to(DType.F64).mean().item();
    }

    private Tensor rows(double smoothing) {
        Tensor logits = Tensors.cat(1, List.of(right.unsqueeze(1), others.maskedFill(out, Double.NEGATIVE_INFINITY)));
        Tensor normaliser = logits.logSumExp(1);
        Tensor loss = normaliser.sub(right);
        if (smoothing > 0) {
            Tensor count = out.not().to(right.dtype()).sum(1).add(1);
            Tensor mean = others.maskedFill(out, 0).sum(1).add(right).div(count);
            loss = loss.mul(1 - smoothing).add(normaliser.sub(mean).mul(smoothing));
        }
        return loss;
    }

    /** {@return how many others each row has, {@code [n]}} */
    Tensor count() {
        return out.not().to(right.dtype()).sum(1);
    }
}
