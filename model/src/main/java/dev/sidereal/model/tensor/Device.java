package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where a tensor lives and is computed.
 *
 * @param index number of the CUDA device, 0 for the CPU
 */
public record Device(Kind kind, int index) {
    /** The processor and its memory. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** What sort of processor it is. */
    public enum Kind {
        CPU,
        CUDA
    }

    /**
     * {@return the CUDA device of that number}
     *
     * @throws BadConfig if it is not there
     */
    public static Device cuda(int index) {
        int there = Torch.cudaDevices();
        if (index < 0 || index >= there) {
            throw new BadConfig("The device cuda:" + index + " is not there: " + cudaHere(there) + "; choose "
                    + (there == 0 ? "cpu" : "cpu, cuda:0") + " or auto.");
        }
        return new Device(Kind.CUDA, index);
    }

    /**
     * {@return the device as users write it: {@code cpu}, {@code cuda}, {@code cuda:1}, or {@code auto} for the first
     * CUDA device if there is one and the CPU otherwise}
     *
     * @throws BadConfig if it cannot be read or the device is not there
     */
    public static Device parse(String name) {
        return switch (name) {
            case "cpu" -> CPU;
            case "auto" -> Torch.cudaDevices() > 0 ? cuda(0) : CPU;
            case "cuda" -> cuda(0);
            default -> {
                if (!name.matches("cuda:[0-9]{1,3}")) {
                    throw new BadConfig(
                            "There is no device \"" + name + "\"; expected cpu, cuda, cuda:0, cuda:1, ... or auto.");
                }
                yield cuda(Integer.parseInt(name.substring("cuda:".length())));
            }
        };
    }

    /**
     * Checks that models can be computed in numbers of that type here.
     *
     * @throws BadConfig if not, naming types that can be used
     */
    public void requireCompute(DType type) {
        boolean supported =
                switch (type) {
                    case F32, F64, BF16 -> true;
                    case F16 -> kind == Kind.CUDA;
                    case I64, I32, I16, I8, U8, BOOL -> false;
                };
        if (!supported) {
            throw new BadConfig("Models cannot be computed in " + type + " on the device " + this + "; choose "
                    + (kind == Kind.CUDA ? "F32, BF16, F16 or F64." : "F32, BF16 or F64."));
        }
    }

    private static String cudaHere(int there) {
        if (!Torch.builtForCuda()) {
            return "this build of Sidereal has libtorch for CPUs alone (mvn -Pgpu builds it for CUDA)";
        }
        return there == 0
                ? "no CUDA device was found"
                : "this machine has " + there + " CUDA device" + (there == 1 ? "" : "s");
    }

    org.bytedeco.pytorch.Device torch() {
        return new org.bytedeco.pytorch.Device(type(), (byte) (kind == Kind.CUDA ? index : -1));
    }

    DeviceType type() {
        return kind == Kind.CUDA ? DeviceType.CUDA : DeviceType.CPU;
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
