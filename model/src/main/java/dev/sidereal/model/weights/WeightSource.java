package dev.sidereal.model.weights;

import java.util.Set;

/** The named tensors of a checkpoint, read without copying. Thread-safe until closed. */
public interface WeightSource extends AutoCloseable {
    /** {@return all names, in the order of the file} */
    Set<String> names();

    /**
     * {@return the tensor of that name}
     *
     * @throws dev.sidereal.core.error.BadInput if there is none, naming the file and the closest name
     */
    StoredTensor tensor(String name);

    /** {@return where the weights come from, for messages} */
    String from();

    /** Lets go of the files; tensors read from them are invalid afterwards. */
    @Override
    void close();
}
