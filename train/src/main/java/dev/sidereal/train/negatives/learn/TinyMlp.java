package dev.sidereal.train.negatives.learn;

import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** One hidden layer of tanh and one number out, trained by AdamW; its first weights are drawn by seed. Not thread-safe. */
final class TinyMlp implements AutoCloseable {
    private static final int HIDDEN = 16;
    private static final double RATE = 0.01;

    private final Parameters parameters = new Parameters();
    private final Linear first;
    private final Linear second;
    private final AdamW optimiser;
    private final int inputs;

    TinyMlp(int inputs, long seed) {
        this.inputs = inputs;
        SplittableRandom random = new SplittableRandom(seed);
        parameters.add("first.weight", Tensors.of(draw(random, HIDDEN * inputs, inputs), HIDDEN, inputs));
        parameters.add("first.bias", Tensors.of(new float[HIDDEN], HIDDEN));
        parameters.add("second.weight", Tensors.of(draw(random, HIDDEN, HIDDEN), 1, HIDDEN));
        parameters.add("second.bias", Tensors.of(new float[1], 1));
        first = Linear.of(parameters, "first");
        second = Linear.of(parameters, "second");
        optimiser = AdamW.of(parameters, RATE, 0);
    }

    private static float[] draw(SplittableRandom random, int count, int fanIn) {
        float[] numbers = new float[count];
        double bound = 1 / Math.sqrt(fanIn);
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-bound, bound);
        }
        return numbers;
    }

    /** {@return one number a row of {@code [n][inputs]}} */
    Tensor forward(Tensor rows) {
        return second.forward(Activations.tanh(first.forward(rows))).squeeze(1);
    }

    /** Moves the parameters against the gradient of a loss, and gives its value. */
    double step(Supplier<Tensor> loss) {
        try (TensorScope _ = new TensorScope()) {
            parameters.clearGradients();
            Tensor value = loss.get();
            value.backward();
            optimiser.step();
            return value.item();
        }
    }

    /** {@return the network as it is, in plain numbers that need no closing} */
    Plain plain() {
        return new Plain(
                inputs,
                parameters.get("first.weight").floats(),
                parameters.get("first.bias").floats(),
                parameters.get("second.weight").floats(),
                parameters.get("second.bias").floats()[0]);
    }

    @Override
    public void close() {
        optimiser.close();
        parameters.close();
    }

    /** A network that is no longer trained; {@code float[hidden * inputs]}, {@code float[hidden]} twice. Thread-safe. */
    record Plain(int inputs, float[] weights, float[] bias, float[] out, float outBias) {
        double of(float[] row) {
            double sum = outBias;
            for (int h = 0; h < bias.length; h++) {
                double hidden = bias[h];
                for (int i = 0; i < inputs; i++) {
                    hidden += weights[h * inputs + i] * row[i];
                }
                sum += out[h] * Math.tanh(hidden);
            }
            return sum;
        }

        /** {@return a hash of all numbers} */
        String hash() {
            int hash = java.util.Arrays.hashCode(weights) * 31 + java.util.Arrays.hashCode(bias);
            return Integer.toHexString((hash * 31 + java.util.Arrays.hashCode(out)) * 31 + Float.hashCode(outBias));
        }
    }
}
