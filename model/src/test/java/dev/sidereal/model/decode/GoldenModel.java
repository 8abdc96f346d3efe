package dev.sidereal.model.decode;

import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Tiny random decoders with logits that llama.cpp gave for them; {@code src/test/golden} tells how they were made. */
public enum GoldenModel {
    LLAMA,
    QWEN3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A prompt and scores.
     *
     * @param logits {@code double[positions][vocabulary]} after the last positions of the prompt: all of them or one
     */
    public record Golden(int[] tokens, double[][] logits) {}

    public DecoderConfig config() {
        return switch (this) {
            case LLAMA ->
                new DecoderConfig(32, 2, 4, 2, 16, 44, 96, 64, 5e5, new RopeScaling(8, 1, 4, 16), 1e-5, false, false);
            case QWEN3 -> new DecoderConfig(32, 2, 3, 1, 16, 40, 96, 64, 1e6, RopeScaling.NONE, 1e-6, true, true);
        };
    }

    /** {@return scores after every position of a prompt of 12 tokens} */
    public Golden shortPrompt() {
        return golden("short");
    }

    /** {@return scores after the last of 40 tokens} */
    public Golden longPrompt() {
        return golden("long");
    }

    public WeightSource weights() {
        byte[] file = bytes("model.safetensors");
        MemorySegment all = MemorySegment.ofArray(file);
        int header = all.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
        JsonNode entries = JSON.readTree(new String(file, 8, header, StandardCharsets.UTF_8));
        Map<String, StoredTensor> tensors = new TreeMap<>();
        entries.properties().forEach(entry -> {
            JsonNode offsets = entry.getValue().get("data_offsets");
            List<Long> shape = StreamSupport.stream(
                            entry.getValue().get("shape").spliterator(), false)
                    .map(JsonNode::asLong)
                    .toList();
            long from = offsets.get(0).asLong();
            MemorySegment data = all.asSlice(8 + header + from, offsets.get(1).asLong() - from);
            tensors.put(entry.getKey(), new StoredTensor(entry.getKey(), StoredType.F32, shape, data));
        });
        return new WeightSource() {
            @Override
            public Set<String> names() {
                return tensors.keySet();
            }

            @Override
            public StoredTensor tensor(String name) {
                return Objects.requireNonNull(tensors.get(name), name);
            }

            @Override
            public String from() {
                return name();
            }

            @Override
            public void close() {
                // The weights are on the heap.
            }
        };
    }

    private Golden golden(String name) {
        JsonNode golden = JSON.readTree(bytes("logits.json")).get(name);
        return new Golden(
                JSON.convertValue(golden.get("tokens"), int[].class),
                JSON.convertValue(golden.get("logits"), double[][].class));
    }

    private byte[] bytes(String file) {
        String path = "golden/" + name().toLowerCase(Locale.ROOT) + "/" + file;
        try (InputStream in = Objects.requireNonNull(GoldenModel.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
