package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Until it is closed, products of matrices in its thread are computed in a shorter type while parameters keep theirs.
 * Put it around the forward pass, not around the backward one. In bf16 on a CPU {@link Attention#writtenOut} gains from
 * it, {@link Attention#fused} does not.
 */
public final class Autocast implements AutoCloseable {
    private final DeviceType device;
    private final boolean before;

    private Autocast(DeviceType device, ScalarType type) {
        this.device = device;
        before = torch.is_autocast_enabled(device);
        torch.set_autocast_dtype(device, type);
        torch.set_autocast_enabled(device, true);
        torch.increment_nesting();
    }

    /**
     * Begins a region.
     *
     * @throws dev.sidereal.core.error.BadConfig if the device cannot compute in that type
     */
    public static Autocast of(DType type, Device device) {
        Torch.load();
        device.requireCompute(type);
        return new Autocast(device.type(), type.torch());
    }

    /** Begins a region in bf16. */
    public static Autocast bf16(Device device) {
        return of(DType.BF16, device);
    }

    /**
     * {@return the tensor in the type that products are computed in now; itself outside a region. What several products
     * read is shortened once instead of by each}
     */
    public static Tensor shortened(Tensor tensor) {
        DeviceType device = tensor.device().type();
        return torch.is_autocast_enabled(device) && tensor.dtype() == DType.F32
                ? tensor.to(DType.of(torch.get_autocast_dtype(device)))
                : tensor;
    }

    @Override
    public void close() {
        // The cache holds parameters in the shorter type, which a later step must not see.
        if (torch.decrement_nesting() == 0) {
            torch.clear_cache();
        }
        torch.set_autocast_enabled(device, before);
    }
}
