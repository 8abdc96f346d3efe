package dev.sidereal.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.Tokenizer.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX Runtime session that reads token batches and gives token states. Thread-safe; as many batches run at a time
 * as there are threads, at least two, so that a lone query need not wait for a bulk of documents.
 */
final class OnnxModel implements TokenModel {
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

    private final OrtSession session;
    private final String from;
    private final String output;
    private final boolean typed;
    private final int dims;
    private final Semaphore running;
    private final Queue<Buffers> idle = new ConcurrentLinkedQueue<>();

    private OnnxModel(OrtSession session, String from, int threads) throws OrtException {
        this.session = session;
        this.from = from;
        this.running = new Semaphore(Math.max(2, threads), true);
        this.typed = session.getInputNames().contains("token_type_ids");
        for (String input : session.getInputNames()) {
            if (!KNOWN_INPUTS.contains(input)) {
                throw new BadInput(
                        "The model " + from + " wants an input \"" + input + "\"; inputs that can be given are "
                                + "input_ids, attention_mask and token_type_ids. Export it again for feature extraction.");
            }
        }
        TokenStates states = tokenStates();
        this.output = states.output();
        this.dims = states.dims();
    }

    /** @throws BadInput if the file is no model of token states */
    static OnnxModel open(Path file, int threads) {
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Waiting threads sleep: spinning would take the cores from everything else in the process.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OnnxRuntime.environment().createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new BadInput("The model " + file + " cannot be opened by ONNX Runtime: " + e.getMessage(), e);
        }
        try {
            return new OnnxModel(session, file.toString(), threads);
        } catch (OrtException | RuntimeException e) {
            closeAfter(session, e);
            throw e instanceof RuntimeException r
                    ? r
                    : new BadInput("The model " + file + " does not describe its outputs: " + e.getMessage(), e);
        }
    }

    @Override
    public int dims() {
        return dims;
    }

    @Override
    public float[] states(Tokens[] texts, int[] batch) {
        int width = texts[batch[0]].count();
        running.acquireUninterruptibly();
        Buffers buffers = idle.poll();
        try {
            buffers = Buffers.holding(batch.length * width, buffers);
            buffers.fill(texts, batch, width);
            return run(buffers, new long[] {batch.length, width});
        } catch (OrtException e) {
            throw new BadInput(
                    "The model " + from + " cannot read a batch of " + batch.length + " x " + width + " tokens: "
                            + e.getMessage() + "; does its tokenizer belong to it, and is its maximum length right?",
                    e);
        } finally {
            if (buffers != null) {
                idle.add(buffers);
            }
            running.release();
        }
    }

    private float[] run(Buffers buffers, long[] shape) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        int size = (int) (shape[0] * shape[1]);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, buffers.ids.slice(0, size), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, buffers.mask.slice(0, size), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, buffers.types.slice(0, size), shape)) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put("input_ids", ids);
            inputs.put("attention_mask", mask);
            if (typed) {
                inputs.put("token_type_ids", types);
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
                if (states.hasArray() && states.arrayOffset() == 0 && states.array().length == states.remaining()) {
                    return states.array();
                }
                float[] copy = new float[states.remaining()];
                states.get(copy);
                return copy;
            }
        }
    }

    private TokenStates tokenStates() throws OrtException {
        for (var output : session.getOutputInfo().entrySet()) {
            if (output.getValue().getInfo() instanceof TensorInfo info && info.getShape().length == 3) {
                return new TokenStates(output.getKey(), (int) info.getShape()[2]);
            }
        }
        throw new BadInput("The model " + from + " has the outputs " + session.getOutputNames()
                + ", none of the shape [batch][tokens][dims]; export it for feature extraction.");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close " + from, e);
        }
    }

    private static void closeAfter(OrtSession session, Exception cause) {
        try {
            session.close();
        } catch (OrtException e) {
            cause.addSuppressed(e);
        }
    }

    /** The output that holds them; -1 dims if the model leaves that open. */
    private record TokenStates(String output, int dims) {}

    /** Direct buffers that ONNX Runtime reads without a copy. */
    private static final class Buffers {
        final LongBuffer ids;
        final LongBuffer mask;
        final LongBuffer types;

        private Buffers(int size) {
            ids = direct(size);
            mask = direct(size);
            types = direct(size);
        }

        static Buffers holding(int size, @Nullable Buffers old) {
            return old != null && old.ids.capacity() >= size ? old : new Buffers(Math.max(size, Batches.BUDGET));
        }

        void fill(Tokens[] texts, int[] batch, int width) {
            for (int row = 0; row < batch.length; row++) {
                long[] tokens = texts[batch[row]].ids();
                for (int i = 0, at = row * width; i < width; i++, at++) {
                    ids.put(at, i < tokens.length ? tokens[i] : 0);
                    mask.put(at, i < tokens.length ? 1 : 0);
                }
            }
        }

        private static LongBuffer direct(int size) {
            return ByteBuffer.allocateDirect(size * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }
}
