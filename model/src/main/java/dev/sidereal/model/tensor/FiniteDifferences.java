package dev.sidereal.model.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares gradients with central differences in double precision, for those who write a function of their own: a loss, a
 * layer. Cost: two calls of the function a number.
 */
public final class FiniteDifferences {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private final Function<List<Tensor>, Tensor> function;
    private final long[][] shapes;
    private final List<double[]> inputs = new ArrayList<>();

    private FiniteDifferences(Function<List<Tensor>, Tensor> function, long[][] shapes) {
        this.function = function;
        this.shapes = shapes;
        Random random = new Random(7);
        for (long[] shape : shapes) {
            int count = 1;
            for (long size : shape) {
                count *= (int) size;
            }
            inputs.add(random.doubles(count, -1.5, 1.5).toArray());
        }
    }

    /**
     * Checks that the function's numbers, each times a fixed random weight and summed, have the gradients they claim.
     *
     * @param function of tensors of type {@code F64}
     * @param shapes of its inputs, whose numbers are drawn from -1.5 to 1.5
     * @throws IllegalStateException naming the first number whose gradient is another
     */
    public static void check(Function<List<Tensor>, Tensor> function, long[]... shapes) {
        try (TensorScope _ = new TensorScope()) {
            new FiniteDifferences(function, shapes).check();
        }
    }

    private void check() {
        List<Tensor> tensors = tensors();
        tensors.forEach(tensor -> tensor.requiresGrad(true));
        weighted(function.apply(tensors)).backward();
        for (int t = 0; t < shapes.length; t++) {
            Tensor gradient = tensors.get(t).grad();
            double[] numbers = inputs.get(t);
            double[] claimed = gradient == null ? new double[numbers.length] : gradient.doubles();
            for (int i = 0; i < claimed.length; i++) {
                double difference = (moved(numbers, i, STEP) - moved(numbers, i, -STEP)) / (2 * STEP);
                if (!(Math.abs(claimed[i] - difference) <= TOLERANCE)) {
                    throw new IllegalStateException("the gradient of number " + i + " of input " + t + " is "
                            + claimed[i] + ", differences give " + difference);
                }
            }
        }
    }

    private double moved(double[] numbers, int i, double by) {
        double before = numbers[i];
        numbers[i] = before + by;
        double value = weighted(function.apply(tensors())).item();
        numbers[i] = before;
        return value;
    }

    private List<Tensor> tensors() {
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
