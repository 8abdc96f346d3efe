package dev.sidereal.model;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Loads ONNX Runtime on a thread with a large stack: version 1.29 matches the process's whole command line with a
 * recursive expression while it loads, and a class path or query of some thousand characters overflows an ordinary
 * stack, which ends the JVM without a trace. Thread-safe.
 */
final class OnnxRuntime {
    /** About 800 bytes a character were needed; memory is only taken as far as it is used. */
    private static final long STACK_BYTES = 512L << 20;

    private static @Nullable OrtEnvironment environment;

    private OnnxRuntime() {}

    /** {@return the process's environment, loading the library the first time} */
    static synchronized OrtEnvironment environment() {
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            loaded = load();
            environment = loaded;
        }
        return loaded;
    }

    private static OrtEnvironment load() {
        CompletableFuture<OrtEnvironment> result = new CompletableFuture<>();
        Runnable load = () -> {
            try {
                result.complete(OrtEnvironment.getEnvironment());
            } catch (RuntimeException | LinkageError e) {
                result.completeExceptionally(e);
            }
        };
        new Thread(null, load, "onnxruntime-load", STACK_BYTES).start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LinkageError missing) {
                throw missing;
            }
            throw e;
        }
    }
}
