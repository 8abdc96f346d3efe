package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The trainable tensors of a model by name, in the order they were added. Owns them: they outlive every scope until it
 * is closed. Not thread-safe.
 */
public final class Parameters implements AutoCloseable {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds a tensor that nothing was computed from yet.
     *
     * @return the parameter, which lives until these parameters are closed
     * @throws BadConfig if the name is taken
     */
    public Tensor add(String name, Tensor initial) {
        if (tensors.containsKey(name)) {
            throw new BadConfig("There are two parameters named " + name + ".");
        }
        Tensor parameter =
                TensorScope.release(initial).requiresGrad(initial.dtype().floating());
        tensors.put(name, parameter);
        return parameter;
    }

    /**
     * {@return the parameter of that name}
     *
     * @throws BadConfig if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadConfig("There is no parameter named " + name + ".");
        }
        return tensor;
    }

    /** Removes a parameter and frees it. */
    public void remove(String name) {
        get(name).close();
        tensors.remove(name);
    }

    /** {@return all by name, in order; cannot be changed} */
    public Map<String, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /** {@return how many numbers there are} */
    public long count() {
        return tensors.values().stream().mapToLong(Tensor::count).sum();
    }

    /** {@return how many numbers are trained} */
    public long trained() {
        return tensors.values().stream()
                .filter(Tensor::requiresGrad)
                .mapToLong(Tensor::count)
                .sum();
    }

    /** Leaves parameters of these names as they are from now on, and trains all others. */
    public void freeze(Predicate<String> names) {
        tensors.forEach((name, tensor) -> {
            tensor.requiresGrad(tensor.dtype().floating() && !names.test(name));
            if (!tensor.requiresGrad()) {
                tensor.clearGrad();
            }
        });
    }

    /** Forgets all gradients. */
    public void clearGradients() {
        tensors.values().forEach(Tensor::clearGrad);
    }

    /** {@return Euclidean length of all gradients together, 0 if there are none} */
    public double gradientNorm() {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            List<Tensor> norms = new ArrayList<>();
            for (Tensor tensor : tensors.values()) {
                Tensor grad = tensor.grad();
                if (grad != null) {
                    norms.add(grad.reshape(-1).norm(0).to(DType.F64).to(Device.CPU));
                }
            }
            return norms.isEmpty() ? 0 : Tensors.stack(0, norms).norm(0).item();
        }
    }

    /**
     * Scales all gradients down so that together they are at most so long.
     *
     * @return their length before
     */
    public double clipGradients(double most) {
        double norm = gradientNorm();
        if (norm > most) {
            try (TensorScope _ = new TensorScope();
                    NoGrad _ = new NoGrad()) {
                for (Tensor tensor : tensors.values()) {
                    Tensor grad = tensor.grad();
                    if (grad != null) {
                        grad.mulInPlace(most / norm);
                    }
                }
            }
        }
        return norm;
    }

    /** {@return all as they would be stored; they share the parameters' memory where it lies on the CPU} */
    public List<StoredTensor> stored() {
        return tensors.entrySet().stream()
                .map(e -> e.getValue().stored(e.getKey()))
                .toList();
    }

    /**
     * Takes the numbers of all parameters from stored ones of the same names; other stored tensors are left alone.
     *
     * @throws BadInput if one is missing or has another shape; then nothing was changed
     */
    public void copyFrom(WeightSource source) {
        Map<Tensor, StoredTensor> pairs = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            StoredTensor stored = source.tensor(name);
            List<Long> shape = java.util.Arrays.stream(tensor.shape()).boxed().toList();
            if (!stored.shape().equals(shape)) {
                throw new BadInput(source.from() + ": the tensor " + name + " has the shape " + stored.shape()
                        + ", expected " + shape + "; does its config.json belong to it?");
            }
            pairs.put(tensor, stored);
        });
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            pairs.forEach((tensor, stored) -> tensor.copyInPlace(Tensors.over(stored)));
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
