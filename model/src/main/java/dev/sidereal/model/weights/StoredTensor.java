package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadConfig;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A named array of numbers as it lies on disk or in memory, row after row, little endian.
 *
 * @param shape sizes of its axes, empty for a single number
 * @param data its bytes; where it comes from a file, valid while that {@link WeightSource} is open
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, MemorySegment data) {
    /** @throws BadConfig if the data are not as long as shape and type say */
    public StoredTensor {
        shape = List.copyOf(shape);
        long expected = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact) * type.bytes();
        if (data.byteSize() != expected) {
            throw new BadConfig("The tensor " + name + " of type " + type + " and shape " + shape + " takes " + expected
                    + " bytes, got " + data.byteSize() + ".");
        }
    }

    /** {@return how many numbers it holds} */
    public long count() {
        return data.byteSize() / type.bytes();
    }
}
