package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A checkpoint's weights, packed for serving. Thread-safe. */
final class DecoderWeights implements AutoCloseable {
    /** Slices of the output head that are packed besides each other; beyond it the whole head is used. */
    private static final int MOST_SLICES = 64;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final DecoderConfig config;
    private final WeightSource source;
    private final int type;
    private final Arena arena = Arena.ofShared();
    private final StoredTensor embeddings;
    private final StoredTensor head;
    private final Layer[] layers;
    private final MemorySegment finalNorm;
    private final Map<Long, PackedLinear> slices = new ConcurrentHashMap<>();

    /**
     * One block; gains are floats.
     *
     * @param attention queries, keys and values in one map
     * @param queries only in the last block, where few rows need them
     * @param keysValues only in the last block
     * @param queryNorm only with head norms
     * @param keyNorm only with head norms
     */
    record Layer(
            MemorySegment attentionNorm,
            PackedLinear attention,
            @Nullable PackedLinear queries,
            @Nullable PackedLinear keysValues,
            @Nullable MemorySegment queryNorm,
            @Nullable MemorySegment keyNorm,
            PackedLinear output,
            MemorySegment mlpNorm,
            PackedLinear gateUp,
            PackedLinear down) {}

    /**
     * Packs the weights of a checkpoint.
     *
     * @param source read now for most weights and later for embeddings; closed with this
     * @param type {@link OneDnn#F32}, {@link OneDnn#BF16} or {@link OneDnn#S8}
     * @throws BadInput if a tensor is missing or of another shape than the configuration says
     */
    DecoderWeights(DecoderConfig config, WeightSource source, int type) {
        this.config = config;
        this.source = source;
        this.type = type;
        embeddings = tensor("model.embed_tokens.weight", config.vocabulary(), config.hidden());
        head = config.tied() ? embeddings : tensor("lm_head.weight", config.vocabulary(), config.hidden());
        layers = new Layer[config.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = layer("model.layers." + i + ".", i == layers.length - 1);
        }
        finalNorm = gain("model.norm.weight", config.hidden());
    }

    private Layer layer(String prefix, boolean last) {
        String attention = prefix + "self_attn.";
        StoredTensor q = tensor(attention + "q_proj.weight", config.queryDim(), config.hidden());
        StoredTensor k = tensor(attention + "k_proj.weight", config.kvDim(), config.hidden());
        StoredTensor v = tensor(attention + "v_proj.weight", config.kvDim(), config.hidden());
        String mlp = prefix + "mlp.";
        return new Layer(
                gain(prefix + "input_layernorm.weight", config.hidden()),
                PackedLinear.of(arena, type, q, k, v),
                last ? PackedLinear.of(arena, type, q) : null,
                last ? PackedLinear.of(arena, type, k, v) : null,
                config.headNorms() ? gain(attention + "q_norm.weight", config.headDim()) : null,
                config.headNorms() ? gain(attention + "k_norm.weight", config.headDim()) : null,
                PackedLinear.of(arena, type, tensor(attention + "o_proj.weight", config.hidden(), config.queryDim())),
                gain(prefix + "post_attention_layernorm.weight", config.hidden()),
                PackedLinear.of(
                        arena,
                        type,
                        tensor(mlp + "gate_proj.weight", config.intermediate(), config.hidden()),
                        tensor(mlp + "up_proj.weight", config.intermediate(), config.hidden())),
                PackedLinear.of(arena, type, tensor(mlp + "down_proj.weight", config.hidden(), config.intermediate())));
    }

    Layer layer(int index) {
        return layers[index];
    }

    int type() {
        return type;
    }

    MemorySegment finalNorm() {
        return finalNorm;
    }

    /** Copies a token's embedding, {@code float[hidden]}. */
    void embed(int token, MemorySegment out, long at) {
        copyRow(embeddings, token, out, at);
    }

    /** {@return the output head for the tokens {@code from} to {@code to}; the whole one once there are many slices} */
    PackedLinear head(int from, int to) {
        boolean whole = slices.size() >= MOST_SLICES;
        int first = whole ? 0 : from;
        int end = whole ? config.vocabulary() : to;
        return slices.computeIfAbsent((long) first << 32 | end, key -> {
            long row = (long) config.hidden() * head.type().bytes();
            return PackedLinear.of(
                    arena,
                    type,
                    new StoredTensor(
                            head.name(),
                            head.type(),
                            List.of((long) end - first, (long) config.hidden()),
                            head.data().asSlice(first * row, (end - first) * row)));
        });
    }

    /** {@return oneDNN's number for a stored type} */
    static int typeOf(StoredTensor tensor) {
        return switch (tensor.type()) {
            case F32 -> OneDnn.F32;
            case BF16 -> OneDnn.BF16;
            default ->
                throw new BadConfig("The tensor " + tensor.name() + " is of type " + tensor.type()
                        + "; a decoder on the CPU reads F32, BF16 and F16.");
        };
    }

    private StoredTensor tensor(String name, long... shape) {
        StoredTensor tensor = source.tensor(name);
        List<Long> expected = java.util.Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw new BadInput(source.from() + ": the tensor " + name + " has the shape " + tensor.shape()
                    + ", expected " + expected + " from the configuration; the weights belong to another model.");
        }
        return tensor.type() == StoredType.F16 ? widened(tensor) : tensor;
    }

    private StoredTensor widened(StoredTensor half) {
        MemorySegment floats = arena.allocate(4 * half.count(), 64);
        for (long i = 0; i < half.count(); i++) {
            floats.set(FLOAT, 4 * i, Float.float16ToFloat(half.data().get(SHORT, 2 * i)));
        }
        return new StoredTensor(half.name(), StoredType.F32, half.shape(), floats);
    }

    private MemorySegment gain(String name, int width) {
        StoredTensor tensor = tensor(name, width);
        MemorySegment floats = arena.allocate(4L * width, 64);
        copyRow(new StoredTensor(name, tensor.type(), List.of(1L, (long) width), tensor.data()), 0, floats, 0);
        return floats;
    }

    /** Copies a row of a matrix as floats. */
    static void copyRow(StoredTensor table, int row, MemorySegment out, long at) {
        int width = Math.toIntExact(table.shape().get(1));
        MemorySegment data = table.data();
        if (typeOf(table) == OneDnn.F32) {
            MemorySegment.copy(data, 4L * row * width, out, at, 4L * width);
            return;
        }
        long from = 2L * row * width;
        for (int i = 0; i < width; i++) {
            out.set(FLOAT, at + 4L * i, Rows.float32(data.get(SHORT, from + 2L * i)));
        }
    }

    @Override
    public void close() {
        arena.close();
        source.close();
    }
}
