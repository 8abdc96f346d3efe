package dev.sidereal.model;

import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.cpu.CpuDecoder;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import dev.sidereal.model.decode.torch.TorchDecoder;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import java.nio.file.Path;

/** Opens a decoder for generation by the folder it lies in. */
public final class Decoders {
    private Decoders() {}

    /**
     * Opens a decoder; the caller closes it.
     *
     * @param folder in the layout of Hugging Face: {@code config.json} of a Llama 3 or Qwen3, and safetensors
     * @param device where it runs: on the CPU with as many threads as physical cores and in the fastest precision it has
     *     instructions for, on a CUDA device in bfloat16
     * @throws dev.sidereal.core.error.BadInput if the folder does not hold such a decoder, or is damaged
     * @throws dev.sidereal.core.error.Unavailable if the native library cannot be loaded
     */
    public static Decoder open(Path folder, Device device) {
        return switch (device.kind()) {
            case CPU -> CpuDecoder.load(folder, Precision.fastest(), PhysicalCores.count());
            case CUDA -> TorchDecoder.load(folder, DType.BF16, device, Edits.NONE);
        };
    }
}
