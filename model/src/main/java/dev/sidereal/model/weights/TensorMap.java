package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors that are in memory already, by name. Thread-safe. */
public final class TensorMap implements WeightSource {
    private final String from;
    private final Map<String, StoredTensor> tensors;

    private TensorMap(String from, Map<String, StoredTensor> tensors) {
        this.from = from;
        this.tensors = tensors;
    }

    /**
     * {@return these tensors by name, in their order}
     *
     * @param from where they come from, for messages
     * @throws BadConfig if two have the same name
     */
    public static TensorMap of(String from, Collection<StoredTensor> tensors) {
        Map<String, StoredTensor> map = LinkedHashMap.newLinkedHashMap(tensors.size());
        for (StoredTensor tensor : tensors) {
            if (map.put(tensor.name(), tensor) != null) {
                throw new BadConfig(from + " has the tensor \"" + tensor.name() + "\" twice.");
            }
        }
        return new TensorMap(from, map);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw ClosestName.missing(from, name, names());
        }
        return tensor;
    }

    @Override
    public String from() {
        return from;
    }

    @Override
    public void close() {}
}
