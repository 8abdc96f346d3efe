package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a linear map without a bias, in the layout that oneDNN likes best. Immutable, thread-safe.
 *
 * @param in width of what it reads
 * @param out width of what it gives
 * @param type {@link OneDnn#F32}, {@link OneDnn#BF16} or {@link OneDnn#S8}, also of what it reads
 * @param layout oneDNN's description of the data
 * @param scales of bytes, {@code float[out]}: what their products are multiplied with
 */
record PackedLinear(
        int in,
        int out,
        int type,
        MemorySegment layout,
        MemorySegment data,
        @Nullable MemorySegment scales) {
    /** The number of rows for which the layout is chosen; it serves others about as well. */
    private static final int TYPICAL_ROWS = 64;

    /**
     * Packs weights.
     *
     * @param arena owns the packed copy
     * @param parts {@code [out][in]} each, one above the other, all of one type, F32 or BF16
     */
    static PackedLinear of(Arena arena, int type, StoredTensor... parts) {
        int in = Math.toIntExact(parts[0].shape().get(1));
        int out = 0;
        for (StoredTensor part : parts) {
            out += Math.toIntExact(part.shape().getFirst());
        }
        OneDnn dnn = OneDnn.get();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment scales = type == OneDnn.S8 ? arena.allocate(4L * out, 64) : null;
            boolean asIs = parts.length == 1 && parts[0].data().isNative();
            MemorySegment plain =
                    scales != null ? rounded(scratch, parts, scales) : asIs ? parts[0].data() : stacked(scratch, parts);
            int from = scales != null ? OneDnn.S8 : DecoderWeights.typeOf(parts[0]);
            MemorySegment stored = dnn.strided(from, new long[] {in, out}, new long[] {1, in});
            MemorySegment layout = dnn.kept(best(dnn, in, out, type), arena);
            MemorySegment data = arena.allocate(dnn.size(layout), 64);
            MemorySegment copy = dnn.primitive(dnn.reorder(stored, layout));
            MemorySegment source = dnn.memory(stored, plain);
            MemorySegment target = dnn.memory(layout, data);
            MemorySegment stream = dnn.stream();
            dnn.execute(
                    copy,
                    stream,
                    2,
                    OneDnn.arguments(scratch, new int[] {OneDnn.ARG_SRC, OneDnn.ARG_DST}, source, target));
            dnn.closeStream(stream);
            dnn.closeMemory(source);
            dnn.closeMemory(target);
            dnn.closePrimitive(copy);
            dnn.closeLayout(stored);
            return new PackedLinear(in, out, type, layout, data, scales);
        }
    }

    /** {@return the layout that oneDNN chooses for the weights of some rows} */
    private static MemorySegment best(OneDnn dnn, int in, int out, int type) {
        MemorySegment from = dnn.strided(type, new long[] {TYPICAL_ROWS, in}, new long[] {in, 1});
        MemorySegment any = dnn.anyLayout(type, in, out);
        MemorySegment to = dnn.strided(OneDnn.F32, new long[] {TYPICAL_ROWS, out}, new long[] {out, 1});
        MemorySegment operation = dnn.matmul(from, any, to, false);
        MemorySegment layout = dnn.chosen(operation, OneDnn.QUERY_WEIGHTS);
        dnn.closeOperation(operation);
        dnn.closeLayout(from);
        dnn.closeLayout(any);
        dnn.closeLayout(to);
        return layout;
    }

    /** {@return the weights as bytes, each row by its own scale} */
    private static MemorySegment rounded(Arena arena, StoredTensor[] parts, MemorySegment scales) {
        int in = Math.toIntExact(parts[0].shape().get(1));
        MemorySegment bytes = arena.allocate(scales.byteSize() / 4 * in, 64);
        MemorySegment floats = arena.allocate(4L * in, 64);
        int out = 0;
        for (StoredTensor part : parts) {
            for (int row = 0; row < part.shape().getFirst(); row++, out++) {
                DecoderWeights.copyRow(part, row, floats, 0);
                float scale = Rows.toInt8(floats, 0, in, bytes, (long) out * in);
                scales.setAtIndex(ValueLayout.JAVA_FLOAT, out, scale);
            }
        }
        return bytes;
    }

    private static MemorySegment stacked(Arena arena, StoredTensor[] parts) {
        long bytes = 0;
        for (StoredTensor part : parts) {
            bytes += part.data().byteSize();
        }
        MemorySegment all = arena.allocate(bytes, 64);
        long at = 0;
        for (StoredTensor part : parts) {
            MemorySegment.copy(part.data(), 0, all, at, part.data().byteSize());
            at += part.data().byteSize();
        }
        return all;
    }
}
