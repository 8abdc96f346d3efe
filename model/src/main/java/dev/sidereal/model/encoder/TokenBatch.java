package dev.sidereal.model.encoder;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Pooling;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts as an encoder reads them, filled up at their ends to one length.
 *
 * @param ids {@code I64[texts][tokens]}
 * @param mask {@code BOOL[texts][tokens]}, true for real tokens; null if all are
 */
public record TokenBatch(Tensor ids, @Nullable Tensor mask) {
    /**
     * {@return these texts as a batch}
     *
     * @param texts token ids, at least one text of at least one token
     * @param padToken what short texts are filled up with
     * @throws BadConfig if there is no text or an empty one
     */
    public static TokenBatch of(List<long[]> texts, int padToken, Device device) {
        int width = texts.stream().mapToInt(t -> t.length).max().orElse(0);
        if (texts.stream().anyMatch(t -> t.length == 0) || width == 0) {
            throw new BadConfig("A batch needs at least one text, and each text at least one token.");
        }
        long[] ids = new long[texts.size() * width];
        byte[] real = new byte[ids.length];
        Arrays.fill(ids, padToken);
        for (int row = 0; row < texts.size(); row++) {
            long[] text = texts.get(row);
            System.arraycopy(text, 0, ids, row * width, text.length);
            Arrays.fill(real, row * width, row * width + text.length, (byte) 1);
        }
        boolean full = texts.stream().allMatch(t -> t.length == width);
        Tensor mask = full
                ? null
                : Tensors.of(real, texts.size(), width).to(DType.BOOL).to(device);
        return new TokenBatch(Tensors.of(ids, texts.size(), width).to(device), mask);
    }

    /**
     * {@return the same texts, each of at most so many tokens; a longer one keeps its first tokens and its last, the one
     * that marks the end}
     */
    public TokenBatch cut(int most) {
        if (width() <= most) {
            return this;
        }
        long[] all = ids.longs();
        byte[] real = mask == null ? null : mask.bytes();
        int rows = texts();
        int width = width();
        long[] kept = new long[rows * most];
        byte[] keptReal = new byte[kept.length];
        boolean full = true;
        for (int row = 0; row < rows; row++) {
            int length = length(real, row, width);
            System.arraycopy(all, row * width, kept, row * most, most);
            if (length > most) {
                kept[row * most + most - 1] = all[row * width + length - 1];
            }
            Arrays.fill(keptReal, row * most, row * most + Math.min(length, most), (byte) 1);
            full &= length >= most;
        }
        Device device = ids.device();
        Tensor keptMask =
                full ? null : Tensors.of(keptReal, rows, most).to(DType.BOOL).to(device);
        return new TokenBatch(Tensors.of(kept, rows, most).to(device), keptMask);
    }

    private static int length(byte @Nullable [] real, int row, int width) {
        int length = width;
        while (real != null && real[row * width + length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** {@return number of texts} */
    public int texts() {
        return ids.size(0);
    }

    /** {@return tokens of the longest text} */
    public int width() {
        return ids.size(1);
    }

    /**
     * {@return one vector a text, {@code [texts][dims]}}
     *
     * @param states of this batch's tokens, {@code [texts][tokens][dims]}
     */
    public Tensor pool(Pooling pooling, Tensor states) {
        return switch (pooling) {
            case CLS -> states.select(1, 0);
            case MEAN -> mean(states.dtype() == DType.BF16 ? states.to(DType.F32) : states);
            case LAST_TOKEN -> last(states);
        };
    }

    private Tensor mean(Tensor states) {
        if (mask == null) {
            return states.mean(1);
        }
        Tensor weights = mask.to(states.dtype()).unsqueeze(-1);
        return states.mul(weights).sum(1).div(weights.sum(1));
    }

    private Tensor last(Tensor states) {
        if (mask == null) {
            return states.select(1, width() - 1L);
        }
        Tensor positions = mask.to(DType.I64).sum(1).add(-1).reshape(texts(), 1, 1);
        return states.gather(1, positions.expand(-1, -1, states.size(2))).squeeze(1);
    }
}
