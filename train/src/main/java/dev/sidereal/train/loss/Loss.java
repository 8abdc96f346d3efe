package dev.sidereal.train.loss;

import dev.sidereal.model.tensor.Tensor;
import java.util.OptionalDouble;
import java.util.Set;

/** What training makes small. Implementations are immutable and thread-safe. */
public interface Loss {
    /**
     * {@return a single number through which gradients flow to the vectors}
     *
     * @throws dev.sidereal.core.error.BadConfig if a role of {@link #needs} is missing
     */
    Tensor of(Embedded batch);

    /** {@return the roles without which it cannot be computed} */
    Set<Embedded.Role> needs();

    /** {@return whether texts of other rows are negatives, so that rows must not share classes} */
    default boolean inBatch() {
        return false;
    }

    /** {@return share of rows that teach nothing, their own loss being below 0.001; empty where rows have none} */
    default OptionalDouble idleRows(Embedded batch) {
        return OptionalDouble.empty();
    }
}
