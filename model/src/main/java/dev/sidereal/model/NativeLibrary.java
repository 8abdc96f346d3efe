package dev.sidereal.model;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import dev.sidereal.model.tensor.Torch;
import java.util.function.Supplier;

/**
 * Whether one of the native libraries that models need can be loaded here.
 *
 * @param name of the library
 * @param loaded whether it is there
 * @param detail its version, or why it is not there
 */
public record NativeLibrary(String name, boolean loaded, String detail) {
    /** Loads ONNX Runtime. */
    public static NativeLibrary onnxRuntime() {
        return probe(
                "onnxruntime",
                () -> "loaded, version " + OnnxRuntime.environment().getVersion());
    }

    /** Loads the tokenizer library. */
    public static NativeLibrary tokenizers() {
        return probe("tokenizers", () -> {
            LibUtils.checkStatus();
            return "loaded";
        });
    }

    /** Loads libtorch. */
    public static NativeLibrary torch() {
        return probe("libtorch", () -> {
            int devices = Torch.cudaDevices();
            String cuda = Torch.builtForCuda() ? devices + " CUDA device" + (devices == 1 ? "" : "s") : "CPU only";
            return "loaded, version " + Torch.version() + ", " + cuda;
        });
    }

    /** Loads oneDNN. */
    public static NativeLibrary oneDnn() {
        return probe("onednn", () -> "loaded, fastest in " + Precision.fastest());
    }

    private static NativeLibrary probe(String name, Supplier<String> load) {
        try {
            return new NativeLibrary(name, true, load.get());
        } catch (LinkageError | RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            return new NativeLibrary(name, false, "cannot be loaded: " + reason);
        }
    }
}
