package dev.sidereal.model.tensor;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.NativeFiles;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library under all tensors: loading it, its threads, its random numbers. Settings hold for the process.
 * Thread-safe.
 */
public final class Torch {
    private static final String LIBRARY = "pytorch";
    private static volatile boolean loaded;

    private Torch() {}

    /**
     * Loads the library if it is not loaded yet; the first time on a machine it is unpacked, some 400 MB.
     *
     * @throws Unavailable if it cannot be unpacked or loaded
     */
    public static void load() {
        if (!loaded) {
            loadOnce();
        }
    }

    private static synchronized void loadOnce() {
        if (loaded) {
            return;
        }
        NativeFiles.unpack(LIBRARY);
        try {
            Loader.load(torch.class);
            loaded = true;
        } catch (LinkageError e) {
            throw new Unavailable(
                    "libtorch cannot be loaded (" + e.getMessage() + "); it is unpacked below " + NativeFiles.folder()
                            + ": remove that folder, so that it is unpacked anew.",
                    e);
        }
    }

    /** {@return version of libtorch and of its Java binding} */
    public static String version() {
        load();
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new IllegalStateException("the binding of libtorch carries no version", e);
        }
    }

    /** {@return whether the library on the class path was built for CUDA} */
    public static boolean builtForCuda() {
        return NativeFiles.forGpu(LIBRARY);
    }

    /** {@return how many CUDA devices can be used} */
    public static int cudaDevices() {
        load();
        return torch.cuda_is_available() ? Math.toIntExact(torch.getNumGPUs()) : 0;
    }

    /** {@return how many threads one operation uses on the CPU} */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /** Sets how many threads one operation uses on the CPU; results can differ in the last bits with their number. */
    public static void threads(int threads) {
        load();
        torch.set_num_threads(threads);
    }

    /** Seeds the random numbers of all devices. */
    public static void seed(long seed) {
        load();
        torch.manual_seed(seed);
    }

    /** {@return the state of the CPU's random numbers, to go on from later} */
    public static byte[] randomState() {
        load();
        try (TensorScope _ = new TensorScope()) {
            return new Tensor(torch.getDefaultCPUGenerator().get_state()).bytes();
        }
    }

    /** Goes on with random numbers from a state of {@link #randomState}. */
    public static void randomState(byte[] state) {
        load();
        try (TensorScope _ = new TensorScope()) {
            Generator generator = torch.getDefaultCPUGenerator();
            generator.set_state(Tensors.of(state, state.length).torch());
        }
    }
}
