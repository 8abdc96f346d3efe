package dev.sidereal.model.tensor;

import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.CacheFolder;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.global.torch;

/**
 * The native library under all tensors: loading it, its threads, its random numbers. Settings hold for the process.
 * Thread-safe.
 */
public final class Torch {
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
        // Without limits of its own: JavaCPP would collect garbage, and at last fail, at a multiple of the Java heap.
        setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        setUnlessSet(
                "org.bytedeco.javacpp.cachedir",
                CacheFolder.path().resolve("native").resolve("javacpp").toString());
        try {
            // All files before any is loaded: a libtorch.so that stands alone finds the parts of another installed one.
            for (String folder : new String[] {natives(""), natives("-gpu")}) {
                if (Torch.class.getResource(folder) != null) {
                    Loader.cacheResources(folder);
                }
            }
            Loader.load(torch.class);
            loaded = true;
        } catch (IOException | LinkageError e) {
            throw new Unavailable(
                    "libtorch cannot be loaded (" + e.getMessage() + "); it is unpacked below "
                            + System.getProperty("org.bytedeco.javacpp.cachedir")
                            + ": make room there, or set SIDEREAL_CACHE to a folder that can be written.",
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
        return Torch.class.getResource(natives("-gpu")) != null;
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

    private static String natives(String variant) {
        return "/org/bytedeco/pytorch/" + Loader.getPlatform() + variant + "/";
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
