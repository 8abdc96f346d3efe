package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random weights of a decoder in memory under the names of Hugging Face, the same for the same seed: what an untrained
 * model starts from, and what benchmarks and tests run on. Their scale keeps
 * every layer's share of the output large enough for a mistake in it to show.
 */
public final class RandomWeights implements WeightSource {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final StoredType type;
    private final Random random;

    private RandomWeights(DecoderConfig c, long seed, StoredType type) {
        this.type = type;
        random = new Random(seed);
        add("model.embed_tokens.weight", 0, 1, List.of((long) c.vocabulary(), (long) c.hidden()));
        for (int i = 0; i < c.layers(); i++) {
            String block = "model.layers." + i + ".";
            norm(block + "input_layernorm.weight", c.hidden());
            matrix(block + "self_attn.q_proj.weight", c.queryDim(), c.hidden());
            matrix(block + "self_attn.k_proj.weight", c.kvDim(), c.hidden());
            matrix(block + "self_attn.v_proj.weight", c.kvDim(), c.hidden());
            matrix(block + "self_attn.o_proj.weight", c.hidden(), c.queryDim());
            if (c.headNorms()) {
                norm(block + "self_attn.q_norm.weight", c.headDim());
                norm(block + "self_attn.k_norm.weight", c.headDim());
            }
            norm(block + "post_attention_layernorm.weight", c.hidden());
            matrix(block + "mlp.gate_proj.weight", c.intermediate(), c.hidden());
            matrix(block + "mlp.up_proj.weight", c.intermediate(), c.hidden());
            matrix(block + "mlp.down_proj.weight", c.hidden(), c.intermediate());
        }
        norm("model.norm.weight", c.hidden());
        if (!c.tied()) {
            matrix("lm_head.weight", c.vocabulary(), c.hidden());
        }
    }

    /** {@return weights of type F32} */
    public static RandomWeights of(DecoderConfig config, long seed) {
        return of(config, seed, StoredType.F32);
    }

    /** {@return weights of type F32 or BF16, the latter the former with their low bits cut off} */
    public static RandomWeights of(DecoderConfig config, long seed, StoredType type) {
        return new RandomWeights(config, seed, type);
    }

    private void matrix(String name, long rows, long columns) {
        add(name, 0, 1 / Math.sqrt((double) columns), List.of(rows, columns));
    }

    private void norm(String name, long width) {
        add(name, 1, 0.2, List.of(width));
    }

    private void add(String name, double mean, double deviation, List<Long> shape) {
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        MemorySegment data = MemorySegment.ofArray(new byte[count * type.bytes()]);
        for (int i = 0; i < count; i++) {
            float value = (float) (mean + deviation * random.nextGaussian());
            switch (type) {
                case F32 -> data.set(FLOAT, 4L * i, value);
                case BF16 -> data.set(SHORT, 2L * i, (short) (Float.floatToRawIntBits(value) >>> 16));
                default -> throw new IllegalArgumentException("no random weights of type " + type);
            }
        }
        tensors.put(name, new StoredTensor(name, type, shape, data));
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadInput("The random weights have no tensor " + name + ".");
        }
        return tensor;
    }

    @Override
    public String from() {
        return "random weights";
    }

    @Override
    public void close() {
        // The weights are on the heap.
    }
}
