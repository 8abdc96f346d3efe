package dev.sidereal.model.tensor;

import dev.sidereal.model.weights.Safetensors;
import dev.sidereal.model.weights.SafetensorsWriter;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A training run in one safetensors file, from which it goes on bit by bit on a CPU: parameters, moments and steps of
 * the optimiser, and the CPU's random numbers. The order of the data is the caller's to keep; random numbers drawn on a
 * CUDA device are not in it.
 */
public final class Snapshot {
    private static final String MODEL = "model.";
    private static final String OPTIMISER = "optimiser.";
    private static final String RANDOM = "random";

    private Snapshot() {}

    /**
     * Writes a run as it stands between two steps, atomically.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written; an old file is still there
     */
    public static void write(Path file, Parameters parameters, AdamW optimiser) {
        SafetensorsWriter writer = new SafetensorsWriter();
        add(writer, MODEL, parameters.stored());
        add(writer, OPTIMISER, optimiser.stored());
        byte[] random = Torch.randomState();
        List<Long> shape = List.of((long) random.length);
        writer.add(new StoredTensor(RANDOM, StoredType.U8, shape, MemorySegment.ofArray(random)));
        writer.write(file);
    }

    private static void add(SafetensorsWriter writer, String prefix, List<StoredTensor> tensors) {
        for (StoredTensor tensor : tensors) {
            writer.add(new StoredTensor(prefix + tensor.name(), tensor.type(), tensor.shape(), tensor.data()));
        }
    }

    /**
     * Takes a run up again.
     *
     * @param parameters of a model of the same shape
     * @param optimiser of those parameters, with the same groups
     * @throws dev.sidereal.core.error.BadInput if the file is damaged or of another model
     */
    public static void restore(Path file, Parameters parameters, AdamW optimiser) {
        try (WeightSource source = Safetensors.open(file);
                TensorScope _ = new TensorScope()) {
            parameters.copyFrom(new Part(source, MODEL));
            optimiser.restore(new Part(source, OPTIMISER));
            Torch.randomState(Tensors.over(source.tensor(RANDOM)).bytes());
        }
    }

    /** The tensors whose names begin in one way, without that beginning. */
    private record Part(WeightSource whole, String prefix) implements WeightSource {
        @Override
        public Set<String> names() {
            return whole.names().stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public StoredTensor tensor(String name) {
            return whole.tensor(prefix + name);
        }

        @Override
        public String from() {
            return whole.from();
        }

        @Override
        public void close() {}
    }
}
