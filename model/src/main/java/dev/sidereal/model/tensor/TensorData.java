package dev.sidereal.model.tensor;

import dev.sidereal.model.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** The memory under tensors. */
final class TensorData {
    private TensorData() {}

    static float[] floats(Tensor tensor) {
        try (TensorScope _ = new TensorScope()) {
            return memory(onCpu(tensor.to(DType.F32))).toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    static double[] doubles(Tensor tensor) {
        try (TensorScope _ = new TensorScope()) {
            return memory(onCpu(tensor.to(DType.F64))).toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    static long[] longs(Tensor tensor) {
        try (TensorScope _ = new TensorScope()) {
            return memory(onCpu(tensor.to(DType.I64))).toArray(ValueLayout.JAVA_LONG);
        }
    }

    static byte[] bytes(Tensor tensor) {
        try (TensorScope _ = new TensorScope()) {
            return memory(onCpu(tensor)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    static StoredTensor stored(String name, Tensor tensor) {
        List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
        return new StoredTensor(name, tensor.dtype().stored(), shape, sharedOrCopied(tensor));
    }

    /** {@return whether it is floats in the machine's own memory, row after row} */
    static boolean plainFloats(Tensor tensor) {
        return tensor.dtype() == DType.F32
                && tensor.device().equals(Device.CPU)
                && tensor.torch().is_contiguous();
    }

    private static MemorySegment sharedOrCopied(Tensor tensor) {
        if (tensor.device().equals(Device.CPU) && tensor.torch().is_contiguous()) {
            return memory(tensor);
        }
        try (TensorScope _ = new TensorScope()) {
            MemorySegment source = memory(onCpu(tensor));
            return Arena.ofAuto().allocate(source.byteSize(), 64).copyFrom(source);
        }
    }

    /** {@return a pointer to memory of the caller, who keeps it alive} */
    static Pointer pointer(MemorySegment segment) {
        return new Address(segment.address());
    }

    /** {@return the memory of a tensor that lies row after row on the CPU} */
    @SuppressWarnings("restricted") // as long as the tensor says
    static MemorySegment memory(Tensor tensor) {
        long bytes = tensor.count() * tensor.dtype().bytes();
        return bytes == 0
                ? MemorySegment.NULL
                : MemorySegment.ofAddress(tensor.torch().data_ptr().address()).reinterpret(bytes);
    }

    static String describe(Tensor tensor) {
        return tensor.dtype() + Arrays.toString(tensor.shape()) + " on " + tensor.device();
    }

    private static Tensor onCpu(Tensor tensor) {
        return tensor.detach().to(Device.CPU).contiguous();
    }

    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
