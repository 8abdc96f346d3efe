package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.weights.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors. Those from Java's arrays lie on the CPU; {@link Tensor#to(Device)} moves them. */
public final class Tensors {
    private Tensors() {}

    /** {@return zeros} */
    public static Tensor zeros(DType type, Device device, long... shape) {
        return new Tensor(torch.zeros(shape, options(type, device)));
    }

    /** {@return ones, or true} */
    public static Tensor ones(DType type, Device device, long... shape) {
        return new Tensor(torch.ones(shape, options(type, device)));
    }

    /** {@return one number everywhere} */
    public static Tensor full(double number, DType type, Device device, long... shape) {
        return new Tensor(torch.full(shape, new Scalar(number), options(type, device)));
    }

    /** {@return memory as it happens to be} */
    public static Tensor empty(DType type, Device device, long... shape) {
        return new Tensor(torch.empty(shape, options(type, device), null));
    }

    /** {@return normally distributed numbers of mean 0} */
    public static Tensor normal(double deviation, DType type, Device device, long... shape) {
        Tensor tensor = new Tensor(torch.randn(shape, options(type, device)));
        tensor.mulInPlace(deviation);
        return tensor;
    }

    /** {@return numbers drawn evenly from 0 (inclusive) to 1 (exclusive)} */
    public static Tensor uniform(DType type, Device device, long... shape) {
        return new Tensor(torch.rand(shape, options(type, device)));
    }

    /** {@return 0, 1, ... {@code count - 1} as {@code I64}} */
    public static Tensor range(long count, Device device) {
        return new Tensor(torch.arange(new Scalar(count), options(DType.I64, device)));
    }

    /** {@return the numbers, row after row, as {@code F32}} */
    public static Tensor of(float[] numbers, long... shape) {
        return copyOf(MemorySegment.ofArray(numbers), DType.F32, shape);
    }

    /** {@return the numbers, row after row, as {@code F64}} */
    public static Tensor of(double[] numbers, long... shape) {
        return copyOf(MemorySegment.ofArray(numbers), DType.F64, shape);
    }

    /** {@return the numbers, row after row, as {@code I64}} */
    public static Tensor of(long[] numbers, long... shape) {
        return copyOf(MemorySegment.ofArray(numbers), DType.I64, shape);
    }

    /** {@return the numbers, row after row, as {@code I64}, the type of token ids} */
    public static Tensor of(int[] numbers, long... shape) {
        return of(Arrays.stream(numbers).asLongStream().toArray(), shape);
    }

    /** {@return the numbers, row after row, as {@code U8}} */
    public static Tensor of(byte[] numbers, long... shape) {
        return copyOf(MemorySegment.ofArray(numbers), DType.U8, shape);
    }

    /** {@return the numbers of a segment, copied} */
    public static Tensor copyOf(MemorySegment data, DType type, long... shape) {
        check(data, type, shape);
        Tensor tensor = empty(type, Device.CPU, shape);
        if (data.byteSize() > 0) {
            TensorData.memory(tensor).copyFrom(data);
        }
        return tensor;
    }

    /**
     * {@return the numbers of a segment outside the Java heap, without a copy; the caller keeps the segment alive for
     * as long as the tensor or a view of it, and must not write through the tensor if the segment is read-only}
     */
    public static Tensor over(MemorySegment data, DType type, long... shape) {
        check(data, type, shape);
        if (!data.isNative() || data.byteSize() == 0 || data.address() % type.bytes() != 0) {
            return copyOf(data, type, shape);
        }
        return new Tensor(torch.from_blob(TensorData.pointer(data), shape, options(type, Device.CPU)));
    }

    /** {@return the stored numbers; without a copy as {@link #over} says, so the caller keeps their source open} */
    public static Tensor over(StoredTensor stored) {
        long[] shape = stored.shape().stream().mapToLong(Long::longValue).toArray();
        return over(stored.data(), DType.of(stored.type()), shape);
    }

    /** {@return tensors one after the other along an axis} */
    public static Tensor cat(int axis, List<Tensor> tensors) {
        return new Tensor(torch.cat(vector(tensors), axis));
    }

    /** {@return tensors of one shape along a new axis} */
    public static Tensor stack(int axis, List<Tensor> tensors) {
        return new Tensor(torch.stack(vector(tensors), axis));
    }

    /** {@return numbers of {@code yes} where the condition is true, of {@code no} elsewhere} */
    public static Tensor where(Tensor condition, Tensor yes, Tensor no) {
        return new Tensor(torch.where(condition.torch(), yes.torch(), no.torch()));
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.stream().map(Tensor::torch).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static TensorOptions options(DType type, Device device) {
        Torch.load();
        return new TensorOptions()
                .dtype(new ScalarTypeOptional(type.torch()))
                .device(new DeviceOptional(device.torch()));
    }

    private static void check(MemorySegment data, DType type, long[] shape) {
        long bytes = Arrays.stream(shape).reduce(1, Math::multiplyExact) * type.bytes();
        if (data.byteSize() != bytes) {
            throw new BadConfig("A tensor of type " + type + " and shape " + Arrays.toString(shape) + " takes " + bytes
                    + " bytes, got " + data.byteSize() + ".");
        }
    }
}
