package dev.sidereal.train.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.data.Offset;

/** Compares gradients with central differences in double precision. */
final class FiniteDifferences {
    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    /** The function's numbers, each times a fixed random weight and summed, must have the gradients they claim. */
    static void check(Function<List<Tensor>, Tensor> function, long[]... shapes) {
        Random random = new Random(7);
        List<double[]> inputs = new ArrayList<>();
        for (long[] shape : shapes) {
            int count = 1;
            for (long size : shape) {
                count *= (int) size;
            }
            inputs.add(random.doubles(count, -1.5, 1.5).toArray());
        }
        try (TensorScope _ = new TensorScope()) {
            List<Tensor> tensors = tensors(inputs, shapes);
            tensors.forEach(t -> t.requiresGrad(true));
            weighted(function.apply(tensors)).backward();
            for (int t = 0; t < shapes.length; t++) {
                Tensor gradient = tensors.get(t).grad();
                double[] claimed = gradient == null ? new double[inputs.get(t).length] : gradient.doubles();
                for (int i = 0; i < claimed.length; i++) {
                    double up = moved(function, inputs, shapes, t, i, STEP);
                    double down = moved(function, inputs, shapes, t, i, -STEP);
                    assertThat(claimed[i])
                            .as("gradient of number %d of input %d", i, t)
                            .isCloseTo((up - down) / (2 * STEP), Offset.offset(1e-7));
                }
            }
        }
    }

    private static double moved(
            Function<List<Tensor>, Tensor> function, List<double[]> inputs, long[][] shapes, int t, int i, double by) {
        double before = inputs.get(t)[i];
        inputs.get(t)[i] = before + by;
        double value = weighted(function.apply(tensors(inputs, shapes))).item();
        inputs.get(t)[i] = before;
        return value;
    }

    private static List<Tensor> tensors(List<double[]> inputs, long[][] shapes) {
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < shapes.length; t++) {
            tensors.add(Tensors.of(inputs.get(t), shapes[t]));
        }
        return tensors;
    }

    private static Tensor weighted(Tensor output) {
        double[] weights = new Random(11).doubles(output.count()).toArray();
        return output.reshape(-1).mul(Tensors.of(weights, weights.length)).sum();
    }
}
