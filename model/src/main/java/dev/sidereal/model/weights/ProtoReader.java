package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Walks over the fields of one Protocol Buffers message in memory. Nothing is copied; what does not fit is refused.
 * Source: protobuf.dev/programming-guides/encoding.
 */
final class ProtoReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int FIXED32 = 5;

    private static final int BYTES = 2;
    private static final int WIRE_BITS = 3;
    private static final int VARINT_BITS = 7;
    private static final int LONGEST_NAME = 1 << 16;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private final long end;
    private long at;
    private int field;
    private int wire;

    private ProtoReader(Path file, MemorySegment bytes, long begin, long end) {
        this.file = file;
        this.bytes = bytes;
        this.at = begin;
        this.end = end;
    }

    /** {@return a reader of a whole file} */
    static ProtoReader of(Path file, MemorySegment bytes) {
        return new ProtoReader(file, bytes, 0, bytes.byteSize());
    }

    /** {@return a reader of the same file from one byte to another} */
    ProtoReader within(Span span) {
        return new ProtoReader(file, bytes, span.begin(), span.end());
    }

    /** Bytes of the file. */
    record Span(long begin, long end) {
        long size() {
            return end - begin;
        }
    }

    /** Goes to the next field, whose value must then be read or skipped. {@return false at the end} */
    boolean next() {
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> WIRE_BITS);
        wire = (int) tag & ((1 << WIRE_BITS) - 1);
        if (field <= 0 || tag >>> Integer.SIZE != 0) {
            throw bad("the field number " + (tag >>> WIRE_BITS) + " cannot be");
        }
        return true;
    }

    Path file() {
        return file;
    }

    int field() {
        return field;
    }

    /** {@return whether the current field is a run of bytes: a text, a message or a packed list} */
    boolean isRun() {
        return wire == BYTES;
    }

    /** {@return the current field's whole number} */
    long number() {
        if (wire != VARINT) {
            throw unexpected(VARINT);
        }
        return varint();
    }

    /**
     * Reads the current field as one number or a packed list of them.
     *
     * @param kind {@link #VARINT}, {@link #FIXED32} or {@link #FIXED64}, how each is written
     */
    void numbers(int kind, LongConsumer into) {
        if (wire == BYTES) {
            ProtoReader packed = within(span());
            while (packed.at < packed.end) {
                into.accept(packed.number(kind));
            }
        } else if (wire == kind) {
            into.accept(number(kind));
        } else {
            throw unexpected(kind);
        }
    }

    private long number(int kind) {
        return switch (kind) {
            case FIXED32 -> bytes.get(INT, advance(Integer.BYTES));
            case FIXED64 -> bytes.get(LONG, advance(Long.BYTES));
            default -> varint();
        };
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            byte b = bytes.get(ValueLayout.JAVA_BYTE, advance(1));
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw bad("a number has more than 10 bytes");
    }

    /** {@return where the text, bytes or message of the current field lies} */
    Span span() {
        if (wire != BYTES) {
            throw unexpected(BYTES);
        }
        long length = varint();
        if (length < 0 || length > end - at) {
            throw bad("the field " + field + " has " + Long.toUnsignedString(length) + " bytes, but " + (end - at)
                    + " are left");
        }
        at += length;
        return new Span(at - length, at);
    }

    String text() {
        Span span = span();
        if (span.size() > LONGEST_NAME) {
            throw bad("the field " + field + " is a name of " + span.size() + " bytes");
        }
        byte[] text = bytes.asSlice(span.begin(), span.size()).toArray(ValueLayout.JAVA_BYTE);
        return new String(text, StandardCharsets.UTF_8);
    }

    void skip() {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case FIXED32 -> advance(Integer.BYTES);
            case BYTES -> span();
            default -> throw bad("the field " + field + " has the unknown wire type " + wire);
        }
    }

    BadInput bad(String what) {
        return new BadInput("The ONNX file " + file + " is damaged: at byte " + at + " " + what + "; copy it again.");
    }

    private BadInput unexpected(int expected) {
        return bad("the field " + field + " has the wire type " + wire + ", expected " + expected);
    }

    /** Goes over some bytes. {@return where they begin} */
    private long advance(int count) {
        if (count > end - at) {
            throw bad("the file or a part of it ends in the middle of a number");
        }
        at += count;
        return at - count;
    }
}
