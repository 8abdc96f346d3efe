package dev.sidereal.model.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Softmax attention, {@code softmax(q k' / sqrt(headDim)) v}. Shapes: queries {@code [batch][heads][queries][headDim]};
 * keys and values {@code [batch][kvHeads][keys][headDim]} with {@code kvHeads} dividing {@code heads}; the result has
 * the shape of the queries. Masks are {@code BOOL}, true where a query may look, and broadcast to
 * {@code [batch][heads][queries][keys]}.
 */
public final class Attention {
    private static final double HIDDEN = -1e30;
    private static final double HIDDEN_F16 = -6e4;

    private Attention() {}

    /**
     * Attention written out as products and a softmax; keeps a table of queries by keys. Under bf16 {@link Autocast}
     * on a CPU it is the faster one to train with.
     *
     * @param dropout probability that a weight is dropped, see {@link Activations#dropout}
     */
    public static Tensor writtenOut(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double dropout) {
        int batch = q.size(0);
        int heads = q.size(1);
        int queries = q.size(2);
        int kvHeads = k.size(1);
        int keys = k.size(2);
        Tensor grouped = q.mul(1 / Math.sqrt(q.size(3)));
        if (kvHeads != heads) {
            grouped = grouped.reshape(batch, kvHeads, (long) queries * (heads / kvHeads), -1);
        }
        Tensor scores = grouped.matmul(k.transpose(-1, -2));
        if (mask != null) {
            scores = scores.reshape(batch, heads, queries, keys);
            scores = scores.maskedFill(mask.not(), scores.dtype() == DType.F16 ? HIDDEN_F16 : HIDDEN);
        }
        Tensor weights = Activations.dropout(scores.softmax(-1), dropout);
        if (kvHeads != heads) {
            weights = weights.reshape(batch, kvHeads, (long) queries * (heads / kvHeads), keys);
        }
        Tensor out = weights.matmul(v);
        return kvHeads == heads ? out : out.reshape(batch, heads, queries, -1);
    }

    /**
     * Attention in one kernel that keeps no table.
     *
     * @param causal whether each query sees only keys up to its own position; then no mask can be given
     */
    public static Tensor fused(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal) {
        TensorOptional optional = mask == null ? new TensorOptional() : new TensorOptional(mask.torch());
        return new Tensor(torch.scaled_dot_product_attention(
                q.torch(), k.torch(), v.torch(), optional, 0, causal, new DoubleOptional(), k.size(1) != q.size(1)));
    }

    /**
     * As {@link #writtenOut} while gradients are recorded, which is faster to train, and in bf16 on a CPU, where the kernel
     * is five to ten times slower at 128 to 400 tokens; as {@link #fused} otherwise.
     */
    public static Tensor of(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, double dropout) {
        boolean slowKernel = q.dtype() == DType.BF16 && q.device().equals(Device.CPU);
        return NoGrad.recording() || slowKernel ? writtenOut(q, k, v, mask, dropout) : fused(q, k, v, mask, false);
    }

    /** {@return the mask of causal attention, {@code BOOL[queries][keys]}, the last query seeing all keys} */
    public static Tensor causalMask(int queries, int keys, Device device) {
        return Tensors.ones(DType.BOOL, device, queries, keys).tril(keys - queries);
    }
}
