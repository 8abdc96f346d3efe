package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.ProtoReader.Span;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constant tensor of an ONNX graph, ONNX' {@code TensorProto}.
 *
 * @param type number of its type in ONNX
 * @param raw where its numbers lie, little endian; null if they are written one by one
 * @param field the field of the message that holds them, 0 if there are none
 * @param whole the message
 */
record Initialiser(
        String name, int type, List<Long> shape, @Nullable Span raw, int field, Span whole) {
    private static final int DIMS = 1;
    private static final int TYPE = 2;
    private static final int FLOATS = 4;
    private static final int INTS = 5;
    private static final int LONGS = 7;
    private static final int NAME = 8;
    private static final int RAW = 9;
    private static final int DOUBLES = 10;
    private static final int UNSIGNED = 11;
    private static final int LOCATION = 14;
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Numbers of ONNX' types are positions in this list. */
    private static final List<String> TYPES = List.of(
            "UNDEFINED",
            "FLOAT",
            "UINT8",
            "INT8",
            "UINT16",
            "INT16",
            "INT32",
            "INT64",
            "STRING",
            "BOOL",
            "FLOAT16",
            "DOUBLE",
            "UINT32",
            "UINT64",
            "COMPLEX64",
            "COMPLEX128",
            "BFLOAT16");

    /** @throws BadInput if the message is damaged, has no name, or keeps its numbers in another file */
    static Initialiser read(ProtoReader parent, Span whole) {
        ProtoReader in = parent.within(whole);
        String name = "";
        int type = 0;
        List<Long> shape = new ArrayList<>(4);
        Span raw = null;
        int held = 0;
        boolean external = false;
        while (in.next()) {
            switch (in.field()) {
                case DIMS -> in.numbers(ProtoReader.VARINT, axis -> addAxis(in, shape, axis));
                case TYPE -> type = (int) in.number();
                case NAME -> name = in.text();
                case LOCATION -> external = in.number() == 1;
                case RAW, FLOATS, INTS, LONGS, DOUBLES, UNSIGNED -> {
                    // Packed floats lie like raw ones, unless they come in pieces.
                    boolean asStored = in.field() == RAW
                            || (held == 0 && in.isRun() && (in.field() == FLOATS || in.field() == DOUBLES));
                    held = in.field();
                    raw = asStored ? in.span() : null;
                    if (!asStored) {
                        in.skip();
                    }
                }
                default -> in.skip();
            }
        }
        if (name.isEmpty()) {
            throw in.bad("an initialiser has no name");
        }
        if (external) {
            throw new BadInput("The initialiser \"" + name + "\" of " + parent.file()
                    + " keeps its numbers in another file, which is not read; save the ONNX model in one file.");
        }
        return new Initialiser(name, type, List.copyOf(shape), raw, held, whole);
    }

    /** {@return its type, or null if we store none like it} */
    @Nullable
    StoredType storedType() {
        return switch (typeName()) {
            case "FLOAT" -> StoredType.F32;
            case "UINT8" -> StoredType.U8;
            case "INT8" -> StoredType.I8;
            case "INT16" -> StoredType.I16;
            case "INT32" -> StoredType.I32;
            case "INT64" -> StoredType.I64;
            case "BOOL" -> StoredType.BOOL;
            case "FLOAT16" -> StoredType.F16;
            case "DOUBLE" -> StoredType.F64;
            case "BFLOAT16" -> StoredType.BF16;
            default -> null;
        };
    }

    /** {@return the tensor, a slice of the file where its numbers lie there as they are} */
    StoredTensor tensor(ProtoReader file, MemorySegment bytes, String from) {
        StoredType stored = storedType();
        if (stored == null) {
            throw new BadInput("The initialiser \"" + name + "\" of " + from + " is of the ONNX type " + typeName()
                    + ", which is not supported.");
        }
        long expected = Shapes.bytes(stored, shape);
        if (expected == Shapes.TOO_LARGE) {
            throw new BadInput("The initialiser \"" + name + "\" of " + from + " has the shape " + shape
                    + ", more numbers than can be counted; copy the file again.");
        }
        MemorySegment data = raw != null
                ? bytes.asSlice(raw.begin(), raw.size())
                : written(file.within(whole), stored, Math.min(expected, whole.size() * Long.BYTES), from);
        if (data.byteSize() != expected) {
            throw new BadInput("The initialiser \"" + name + "\" of " + from + " has " + data.byteSize()
                    + " bytes of numbers, expected " + expected + " for type " + stored + " and shape " + shape
                    + "; copy the file again.");
        }
        return new StoredTensor(name, stored, shape, data);
    }

    private String typeName() {
        return type >= 0 && type < TYPES.size() ? TYPES.get(type) : "number " + type;
    }

    /** Puts numbers together that are written one by one, up to {@code room} bytes. */
    private MemorySegment written(ProtoReader in, StoredType stored, long room, String from) {
        if (room > LARGEST_ARRAY) {
            throw new BadInput("The initialiser \"" + name + "\" of " + from + " writes more than " + LARGEST_ARRAY
                    + " bytes of numbers one by one; save the model anew, so that they are stored raw.");
        }
        ByteBuffer numbers = ByteBuffer.allocate((int) room).order(ByteOrder.LITTLE_ENDIAN);
        while (in.next()) {
            if (in.field() == field) {
                in.numbers(kind(), number -> {
                    if (numbers.remaining() < stored.bytes()) {
                        throw in.bad("the initialiser \"" + name + "\" has more numbers than its shape " + shape);
                    }
                    for (int i = 0; i < stored.bytes(); i++) {
                        numbers.put((byte) (number >>> (Byte.SIZE * i)));
                    }
                });
            } else {
                in.skip();
            }
        }
        return MemorySegment.ofBuffer(numbers.flip());
    }

    private int kind() {
        return switch (field) {
            case FLOATS -> ProtoReader.FIXED32;
            case DOUBLES -> ProtoReader.FIXED64;
            default -> ProtoReader.VARINT;
        };
    }

    private static void addAxis(ProtoReader in, List<Long> shape, long axis) {
        if (axis < 0) {
            throw in.bad("a tensor has the size " + axis);
        }
        if (shape.size() == Shapes.MAX_AXES) {
            throw in.bad("a tensor has more than " + Shapes.MAX_AXES + " axes");
        }
        shape.add(axis);
    }
}
