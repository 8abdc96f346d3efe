package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Weights copied to memory. */
public final class MemoryWeights implements WeightSource {
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    public static MemoryWeights copyOf(List<StoredTensor> stored) {
        MemoryWeights weights = new MemoryWeights();
        for (StoredTensor tensor : stored) {
            var copy = Arena.ofAuto().allocate(tensor.data().byteSize(), 8).copyFrom(tensor.data());
            weights.tensors.put(tensor.name(), new StoredTensor(tensor.name(), tensor.type(), tensor.shape(), copy));
        }
        return weights;
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadInput("memory has no tensor " + name + ".");
        }
        return tensor;
    }

    @Override
    public String from() {
        return "memory";
    }

    @Override
    public void close() {}
}
