package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Turns stored numbers into floats and back. BF16 and F16 are rounded to the nearest, ties to even; what is too large
 * for F16 becomes infinite, as in libtorch. Static and thread-safe; about 1 GB/s.
 */
public final class StoredNumbers {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int BF16_SHIFT = 16;

    /** Half of what is cut off, less one: with the last kept bit added, ties go to even. */
    private static final int BF16_HALF = 0x7FFF;

    private static final int BF16_QUIET = 0x40;

    private StoredNumbers() {}

    /**
     * {@return the numbers of a tensor of type F64, F32, F16 or BF16, row after row}
     *
     * @throws BadInput if it is of another type or has more numbers than an array holds
     */
    public static float[] floats(StoredTensor tensor) {
        float[] values = new float[arraySize(tensor)];
        MemorySegment data = tensor.data();
        switch (tensor.type()) {
            case F32 -> MemorySegment.copy(data, FLOAT, 0, values, 0, values.length);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.get(DOUBLE, (long) i * Double.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(data.get(SHORT, (long) i * Short.BYTES));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bf16ToFloat(data.get(SHORT, (long) i * Short.BYTES));
                }
            }
            default ->
                throw new BadInput("The tensor \"" + tensor.name() + "\" is of type " + tensor.type()
                        + ", expected F32, BF16, F16 or F64.");
        }
        return values;
    }

    /**
     * {@return a tensor of these numbers}
     *
     * @param type F64, F32, F16 or BF16
     * @param values row after row
     * @throws BadInput if the type is none for floats
     */
    public static StoredTensor of(String name, StoredType type, List<Long> shape, float[] values) {
        return new StoredTensor(name, type, shape, encoded(name, type, values));
    }

    /** {@return the same numbers stored as another type; the tensor itself if it is of that type} */
    public static StoredTensor as(StoredTensor tensor, StoredType type) {
        return tensor.type() == type ? tensor : of(tensor.name(), type, tensor.shape(), floats(tensor));
    }

    /** {@return the BF16 nearest to a number} */
    public static short floatToBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> BF16_SHIFT) | BF16_QUIET);
        }
        return (short) ((bits + BF16_HALF + ((bits >>> BF16_SHIFT) & 1)) >>> BF16_SHIFT);
    }

    /** {@return the number that a BF16 stands for} */
    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << BF16_SHIFT);
    }

    private static MemorySegment encoded(String name, StoredType type, float[] values) {
        return switch (type) {
            case F32 -> {
                MemorySegment data = MemorySegment.ofArray(new float[values.length]);
                MemorySegment.copy(values, 0, data, FLOAT, 0, values.length);
                yield data;
            }
            case F64 -> {
                MemorySegment data = MemorySegment.ofArray(new double[values.length]);
                for (int i = 0; i < values.length; i++) {
                    data.set(DOUBLE, (long) i * Double.BYTES, values[i]);
                }
                yield data;
            }
            case F16, BF16 -> {
                MemorySegment data = MemorySegment.ofArray(new short[values.length]);
                for (int i = 0; i < values.length; i++) {
                    short bits = type == StoredType.F16 ? Float.floatToFloat16(values[i]) : floatToBf16(values[i]);
                    data.set(SHORT, (long) i * Short.BYTES, bits);
                }
                yield data;
            }
            default ->
                throw new BadInput(
                        "The tensor \"" + name + "\" is to be stored as " + type + ", expected F32, BF16, F16 or F64.");
        };
    }

    private static int arraySize(StoredTensor tensor) {
        // A few elements below the largest int: the longest array that every JVM allows.
        if (tensor.count() > Integer.MAX_VALUE - 8) {
            throw new BadInput("The tensor \"" + tensor.name() + "\" of shape " + tensor.shape() + " has "
                    + tensor.count() + " numbers, more than one array holds.");
        }
        return (int) tensor.count();
    }
}
