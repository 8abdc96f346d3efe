package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and checks the header of a safetensors file: 8 bytes of length, little endian, then a JSON object. Memory is
 * linear in the header's bytes. Source: the format's page, github.com/huggingface/safetensors.
 */
final class SafetensorsHeader {
    /** Longest header that the format allows. */
    static final long MAX_BYTES = 100_000_000;

    /** The key that holds no tensor. */
    static final String METADATA = "__metadata__";

    static final int LENGTH_BYTES = Long.BYTES;

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Keys of the file are not kept beyond it: a hostile one must not fill a table that others share. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final Path file;
    private final Map<String, TensorSpan> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;

    private SafetensorsHeader(Path file) {
        this.file = file;
    }

    /** What a header says: tensors by name in the order of their data, the start of the data part, free texts. */
    record Content(Map<String, TensorSpan> tensors, long dataStart, Map<String, String> metadata) {}

    /** @throws BadInput in one sentence for everything that the format forbids */
    static Content read(Path file, MemorySegment bytes) {
        return new SafetensorsHeader(file).read(bytes);
    }

    private Content read(MemorySegment bytes) {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw bad("has " + bytes.byteSize() + " bytes, expected at least the " + LENGTH_BYTES
                    + " of the header's length");
        }
        long length = bytes.get(LENGTH, 0);
        long room = bytes.byteSize() - LENGTH_BYTES;
        if (length < 0 || length > MAX_BYTES) {
            throw bad("says that its header has " + Long.toUnsignedString(length) + " bytes, expected at most "
                    + MAX_BYTES);
        }
        if (length > room) {
            throw bad("says that its header has " + length + " bytes, but only " + room + " follow");
        }
        parse(new SegmentStream(bytes.asSlice(LENGTH_BYTES, length)));
        return new Content(inOrderOfData(room - length), LENGTH_BYTES + length, metadata);
    }

    private void parse(InputStream header) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            expect(json.nextToken(), JsonToken.START_OBJECT, "its header");
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                entry(json, json.currentName());
            }
            if (json.nextToken() != null) {
                throw bad("has more than one JSON value in its header, expected one object");
            }
        } catch (JacksonException e) {
            throw new BadInput(message("has a header that is not JSON (" + e.getOriginalMessage() + ")"), e);
        }
    }

    private void entry(JsonParser json, String name) {
        if (name.equals(METADATA)) {
            if (metadataSeen) {
                throw bad("has " + METADATA + " twice");
            }
            metadataSeen = true;
            metadata(json);
            return;
        }
        TensorSpan tensor = tensor(json, name);
        if (tensors.put(name, tensor) != null) {
            throw bad("has the tensor \"" + name + "\" twice");
        }
    }

    private void metadata(JsonParser json) {
        expect(json.nextToken(), JsonToken.START_OBJECT, METADATA);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
            if (metadata.put(key, json.getString()) != null) {
                throw bad("has " + METADATA + "." + key + " twice");
            }
        }
    }

    private TensorSpan tensor(JsonParser json, String name) {
        String what = "tensor \"" + name + "\"";
        expect(json.nextToken(), JsonToken.START_OBJECT, what);
        String type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            boolean again =
                    switch (key) {
                        case "dtype" -> {
                            boolean had = type != null;
                            expect(json.nextToken(), JsonToken.VALUE_STRING, what + ", dtype");
                            type = json.getString();
                            yield had;
                        }
                        case "shape" -> {
                            boolean had = shape != null;
                            shape = sizes(json, what + ", shape");
                            yield had;
                        }
                        case "data_offsets" -> {
                            boolean had = offsets != null;
                            offsets = sizes(json, what + ", data_offsets");
                            yield had;
                        }
                        default ->
                            throw bad("has the key \"" + key + "\" in " + what
                                    + ", expected dtype, shape and data_offsets");
                    };
            if (again) {
                throw bad("has " + key + " twice in " + what);
            }
        }
        if (type == null || shape == null || offsets == null) {
            throw bad("lacks " + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets") + " in " + what);
        }
        if (offsets.size() != 2) {
            throw bad("has " + offsets.size() + " data_offsets in " + what + ", expected 2");
        }
        return span(what, new TensorSpan(name, type(what, type), shape, offsets.get(0), offsets.get(1)));
    }

    private TensorSpan span(String what, TensorSpan tensor) {
        long expected = Shapes.bytes(tensor.type(), tensor.shape());
        if (expected == Shapes.TOO_LARGE) {
            throw bad("has the shape " + tensor.shape() + " in " + what + ", more numbers than can be counted");
        }
        long got = tensor.end() - tensor.begin();
        if (got != expected) {
            throw bad("gives data_offsets " + tensor.begin() + " to " + tensor.end() + " to " + what + ", "
                    + (got < 0 ? "backwards" : got + " bytes") + ", expected " + expected + " for type "
                    + tensor.type() + " and shape " + tensor.shape());
        }
        return tensor;
    }

    private StoredType type(String what, String name) {
        for (StoredType type : StoredType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw bad("has the dtype \"" + name + "\" in " + what + ", expected one of "
                + Arrays.toString(StoredType.values()));
    }

    private List<Long> sizes(JsonParser json, String what) {
        expect(json.nextToken(), JsonToken.START_ARRAY, what);
        List<Long> sizes = new ArrayList<>(4);
        for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
            expect(t, JsonToken.VALUE_NUMBER_INT, what);
            if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
                throw bad("has the number " + clipped(json.getString()) + " in " + what
                        + ", expected a whole number from 0 to " + Long.MAX_VALUE);
            }
            if (sizes.size() == Shapes.MAX_AXES) {
                throw bad("has more than " + Shapes.MAX_AXES + " numbers in " + what);
            }
            sizes.add(json.getLongValue());
        }
        return List.copyOf(sizes);
    }

    /** Checks that the tensors fill the data part without a gap and without sharing a byte. */
    private Map<String, TensorSpan> inOrderOfData(long dataBytes) {
        List<TensorSpan> order = new ArrayList<>(tensors.values());
        order.sort(Comparator.comparingLong(TensorSpan::begin).thenComparingLong(TensorSpan::end));
        Map<String, TensorSpan> ordered = LinkedHashMap.newLinkedHashMap(order.size());
        long at = 0;
        for (TensorSpan tensor : order) {
            String where = "tensor \"" + tensor.name() + "\" lies at bytes " + tensor.begin() + " to " + tensor.end();
            if (tensor.end() > dataBytes) {
                throw bad("ends too early: " + where + ", but only " + dataBytes + " bytes of data follow the header");
            }
            if (tensor.begin() != at) {
                throw bad((tensor.begin() < at ? "has an overlap: " : "has a hole: ") + where
                        + ", expected it to begin at " + at);
            }
            at = tensor.end();
            ordered.put(tensor.name(), tensor);
        }
        if (at != dataBytes) {
            throw bad("has " + dataBytes + " bytes of data, expected " + at + " by its header");
        }
        return ordered;
    }

    private void expect(JsonToken got, JsonToken expected, String what) {
        if (got != expected) {
            throw bad("has " + kind(got) + " as " + what + ", expected " + kind(expected));
        }
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "another JSON token";
        };
    }

    private static String clipped(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private BadInput bad(String what) {
        return new BadInput(message(what));
    }

    private String message(String what) {
        return "The safetensors file " + file + " " + what + "; copy or write it again.";
    }
}
