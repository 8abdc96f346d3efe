package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/** How far similarities are from the order of scores. */
final class PairOrder {
    private PairOrder() {}

    /** {@return {@code log(1 + sum over y_i > y_j of e^{x_j - x_i})} for {@code x[n]} and scores {@code y[n]}} */
    static Tensor loss(Tensor x, Tensor y) {
        if (y.rank() != 1) {
            throw new BadConfig(
                    "Scores of pairs have the shape " + Arrays.toString(y.shape()) + ", expected one number a pair.");
        }
        Tensor above = y.unsqueeze(1).gt(y.unsqueeze(0));
        Tensor differences = x.unsqueeze(0).sub(x.unsqueeze(1)).maskedFill(above.not(), Double.NEGATIVE_INFINITY);
        Tensor one = Tensors.zeros(x.dtype(), x.device(), 1);
        return Tensors.cat(0, List.of(one, differences.reshape(-1))).logSumExp(0);
    }
}
