package dev.sidereal.model.weights;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a graph of ONNX, operator by operator, and writes it with its weights in one file. Source: {@code onnx.proto},
 * IR version 9, operators of version 20. Not thread-safe.
 */
public final class OnnxWriter {
    private static final int IR_VERSION = 9;
    private static final int OPERATORS = 20;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int WHOLE = 2;
    private static final int NUMBER = 1;
    private static final int TEXT = 3;
    private static final int LIST = 7;

    private final Message graph = new Message();
    private final List<StoredTensor> weights = new ArrayList<>();
    private int nodes;

    /** A property of an operator. */
    public record Attribute(String name, Object value) {}

    /** Adds a weight of type {@code F32}, which operators read by its name. */
    public void weight(StoredTensor tensor) {
        if (tensor.type() != StoredType.F32) {
            throw new BadConfig(
                    "The tensor " + tensor.name() + " is of type " + tensor.type() + ", the graph takes F32.");
        }
        weights.add(tensor);
    }

    /** {@return the name of a list of whole numbers} */
    public String whole(long... numbers) {
        Message tensor = new Message();
        tensor.number(1, numbers.length);
        tensor.number(2, INT64);
        Message packed = new Message();
        Arrays.stream(numbers).forEach(packed::varint);
        return constant(tensor.message(7, packed));
    }

    /** {@return the name of a single whole number} */
    public String single(long number) {
        Message packed = new Message();
        packed.varint(number);
        Message tensor = new Message();
        tensor.number(2, INT64);
        return constant(tensor.message(7, packed));
    }

    /** {@return the name of a number} */
    public String number(double value) {
        Message packed = new Message();
        packed.fixed(Float.floatToIntBits((float) value));
        Message tensor = new Message();
        tensor.number(2, FLOAT);
        return constant(tensor.message(4, packed));
    }

    private String constant(Message tensor) {
        String name = "constant_" + nodes++;
        graph.message(5, tensor.text(8, name));
        return name;
    }

    /** {@return the name of what the operator gives} */
    public String node(String operator, List<String> inputs, Attribute... attributes) {
        String name = operator + "_" + nodes++;
        node(operator, inputs, name, attributes);
        return name;
    }

    /** Adds an operator whose result has that name. */
    public void node(String operator, List<String> inputs, String output, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, "node_" + nodes++).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute(attribute));
        }
        graph.message(1, node);
    }

    private static Message attribute(Attribute attribute) {
        Message message = new Message();
        message.text(1, attribute.name);
        switch (attribute.value) {
            case Integer whole -> message.number(3, whole).number(20, WHOLE);
            case Double number -> {
                message.tag(2, 5);
                message.fixed(Float.floatToIntBits(number.floatValue()));
                message.number(20, NUMBER);
            }
            case String text -> message.text(4, text).number(20, TEXT);
            case List<?> list -> {
                list.forEach(entry -> message.number(8, ((Number) entry).longValue()));
                message.number(20, LIST);
            }
            default -> throw new IllegalArgumentException("an attribute of type " + attribute.value.getClass());
        }
        return message;
    }

    /**
     * Says that the graph reads whole numbers under a name.
     *
     * @param axes names of axes of any length
     */
    public void input(String name, String... axes) {
        graph.message(11, value(name, INT64, axes));
    }

    /**
     * Says that the graph gives floats under a name.
     *
     * @param axes names of axes of any length, or their lengths
     */
    public void output(String name, String... axes) {
        graph.message(12, value(name, FLOAT, axes));
    }

    private static Message value(String name, int type, String... axes) {
        Message shape = new Message();
        for (String axis : axes) {
            boolean known = axis.chars().allMatch(Character::isDigit);
            Message dimension = new Message();
            shape.message(1, known ? dimension.number(1, Long.parseLong(axis)) : dimension.text(2, axis));
        }
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws BadConfig if it is larger than 2 GB, which the format cannot hold
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public void write(Path file) {
        Message model = new Message().number(1, IR_VERSION).text(2, "sidereal");
        model.message(8, new Message().text(1, "").number(2, OPERATORS));
        graph.text(2, "encoder");
        List<Message> heads = weights.stream().map(OnnxWriter::head).toList();
        long size = graph.bytes().length;
        for (int i = 0; i < heads.size(); i++) {
            size += framed(heads.get(i), weights.get(i)).length
                    + weights.get(i).data().byteSize();
        }
        if (size > Integer.MAX_VALUE) {
            throw new BadConfig("A graph of " + size + " bytes is more than an ONNX file can hold.");
        }
        model.tag(7, 2);
        model.varint(size);
        AtomicFile.write(file, out -> {
            out.write(model.bytes());
            out.write(graph.bytes());
            for (int i = 0; i < heads.size(); i++) {
                write(heads.get(i), weights.get(i), out);
            }
        });
    }

    private static void write(Message head, StoredTensor weight, OutputStream out) throws IOException {
        out.write(framed(head, weight));
        SafetensorsWriter.copy(weight.data(), out);
    }

    /** {@return what stands before the numbers of a weight} */
    private static byte[] framed(Message head, StoredTensor weight) {
        Message framed = new Message();
        framed.tag(5, 2);
        framed.varint(head.bytes().length + weight.data().byteSize());
        framed.append(head);
        return framed.bytes();
    }

    private static Message head(StoredTensor weight) {
        Message head = new Message();
        weight.shape().forEach(axis -> head.number(1, axis));
        head.number(2, FLOAT).text(8, weight.name());
        head.tag(9, 2);
        head.varint(weight.data().byteSize());
        return head;
    }

    /** A message of protocol buffers that grows. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        byte[] bytes() {
            return bytes.toByteArray();
        }

        void append(Message other) {
            bytes.writeBytes(other.bytes());
        }

        void tag(int field, int wire) {
            varint(((long) field << 3) | wire);
        }

        void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }

        void fixed(int bits) {
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write(bits >>> shift);
            }
        }

        Message number(int field, long value) {
            tag(field, 0);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            tag(field, 2);
            varint(utf8.length);
            bytes.writeBytes(utf8);
            return this;
        }

        Message message(int field, Message value) {
            tag(field, 2);
            varint(value.bytes.size());
            append(value);
            return this;
        }
    }
}
