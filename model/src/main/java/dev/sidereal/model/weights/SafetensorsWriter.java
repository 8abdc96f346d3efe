package dev.sidereal.model.weights;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes safetensors files. Types and shapes are told first, data are asked for one tensor at a time while writing, so
 * that no more than one need be in memory. Files are byte for byte those of the reference: sorted by type, the widest
 * first, then by name. Not thread-safe.
 */
public final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** How the reference sorts types, so that wide ones come first and data stay aligned. */
    private static final List<StoredType> ORDER = List.of(
            StoredType.I64,
            StoredType.F64,
            StoredType.F32,
            StoredType.I32,
            StoredType.BF16,
            StoredType.F16,
            StoredType.I16,
            StoredType.I8,
            StoredType.U8,
            StoredType.BOOL);

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 20;

    private final SequencedMap<String, Pending> tensors = new LinkedHashMap<>();
    private final SequencedMap<String, String> metadata = new LinkedHashMap<>(Map.of("format", "pt"));

    /** A tensor whose data are asked for when it is its turn. */
    private record Pending(String name, StoredType type, List<Long> shape, Supplier<StoredTensor> data) {
        long bytes() {
            return Shapes.bytes(type, shape);
        }
    }

    /**
     * Adds a tensor that is computed or copied when it is written.
     *
     * @param data asked once for each file written; what it gives must be of this type and shape
     * @throws BadConfig if the name is taken or the shape is negative
     */
    public SafetensorsWriter add(String name, StoredType type, List<Long> shape, Supplier<StoredTensor> data) {
        Pending pending = new Pending(name, type, List.copyOf(shape), data);
        if (shape.stream().anyMatch(axis -> axis < 0)
                || shape.size() > Shapes.MAX_AXES
                || pending.bytes() == Shapes.TOO_LARGE) {
            throw new BadConfig("The tensor \"" + name + "\" cannot have the shape " + shape + ".");
        }
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new BadConfig("A tensor cannot be named " + name + ": safetensors keeps free texts there.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new BadConfig(
                    "A tensor's name must be a text in Unicode, got half a surrogate pair in \"" + name + "\".");
        }
        if (tensors.putIfAbsent(name, pending) != null) {
            throw new BadConfig("The tensor \"" + name + "\" is to be written twice.");
        }
        return this;
    }

    /** Adds a tensor. */
    public SafetensorsWriter add(StoredTensor tensor) {
        return add(tensor.name(), tensor.type(), tensor.shape(), () -> tensor);
    }

    /** Adds all tensors of a source, which must stay open until they are written. */
    public SafetensorsWriter addAll(WeightSource source) {
        source.names().forEach(name -> add(source.tensor(name)));
        return this;
    }

    /** Adds a free text to the header. */
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Writes one file, atomically.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written; an old file is still there
     */
    public void write(Path file) {
        write(file, List.copyOf(tensors.values()));
    }

    /** {@return names in the order added, cut where the next tensor would take a file above this many bytes of data} */
    List<List<String>> shards(long maxBytes) {
        List<List<String>> shards = new ArrayList<>();
        List<String> shard = new ArrayList<>();
        long size = 0;
        for (Pending tensor : tensors.values()) {
            if (!shard.isEmpty() && size + tensor.bytes() > maxBytes) {
                shards.add(shard);
                shard = new ArrayList<>();
                size = 0;
            }
            shard.add(tensor.name());
            size += tensor.bytes();
        }
        shards.add(shard);
        return shards;
    }

    /** Writes some of the tensors. */
    void write(Path file, Iterable<String> names) {
        List<Pending> some = new ArrayList<>();
        names.forEach(name -> some.add(java.util.Objects.requireNonNull(tensors.get(name))));
        write(file, some);
    }

    /** {@return bytes of all data} */
    long bytes() {
        return tensors.values().stream().mapToLong(Pending::bytes).sum();
    }

    private void write(Path file, List<Pending> some) {
        List<Pending> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.<Pending>comparingInt(t -> ORDER.indexOf(t.type()))
                .thenComparing(t -> t.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        byte[] header = header(sorted);
        if (header.length > SafetensorsHeader.MAX_BYTES) {
            throw new BadConfig("The header of " + file + " would have " + header.length + " bytes for "
                    + sorted.size() + " tensors, the format allows " + SafetensorsHeader.MAX_BYTES
                    + "; write a sharded checkpoint.");
        }
        AtomicFile.write(file, out -> {
            ByteBuffer length =
                    ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            out.write(length.putLong(header.length).array());
            out.write(header);
            for (Pending tensor : sorted) {
                copy(data(tensor), out);
            }
        });
    }

    private static MemorySegment data(Pending tensor) {
        StoredTensor now = tensor.data().get();
        if (now.type() != tensor.type() || !now.shape().equals(tensor.shape())) {
            throw new BadConfig("The tensor \"" + tensor.name() + "\" was announced as " + tensor.type() + " "
                    + tensor.shape() + ", but its data are " + now.type() + " " + now.shape() + ".");
        }
        return now.data();
    }

    private byte[] header(List<Pending> sorted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
            long at = 0;
            for (Pending tensor : sorted) {
                json.writeObjectPropertyStart(tensor.name());
                json.writeStringProperty("dtype", tensor.type().name());
                json.writeArrayPropertyStart("shape");
                tensor.shape().forEach(json::writeNumber);
                json.writeEndArray();
                json.writeArrayPropertyStart("data_offsets");
                json.writeNumber(at);
                at += tensor.bytes();
                json.writeNumber(at);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    /** Copies memory to a stream in pieces. */
    static void copy(MemorySegment data, OutputStream out) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, data.byteSize())];
        for (long at = 0; at < data.byteSize(); at += chunk.length) {
            int count = (int) Math.min(chunk.length, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
            out.write(chunk, 0, count);
        }
    }
}
