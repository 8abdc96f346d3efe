package dev.sidereal.model.tensor;

import dev.sidereal.model.weights.StoredTensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers with a shape, a type and a device, from which gradients can be asked. Axes count from 0, or from
 * the end as -1, -2. Shapes of two operands broadcast as in NumPy. Operations give new tensors; those that only look
 * at the numbers in another way share their memory; the ones whose names end in {@code InPlace} change this one.
 * Freed by the {@link TensorScope} it was made in, or by {@link #close}. Reading is thread-safe, changing is not.
 */
public final class Tensor implements AutoCloseable {
    private final org.bytedeco.pytorch.Tensor torch;
    private @Nullable PointerScope owner;

    Tensor(org.bytedeco.pytorch.Tensor torch) {
        this.torch = torch;
        this.owner = PointerScope.getInnerScope();
    }

    /** {@return the scope that frees it} */
    @Nullable
    PointerScope owner() {
        return owner;
    }

    /** Makes it belong to that scope, or to none. */
    void moveTo(@Nullable PointerScope scope) {
        torch().retainReference();
        if (owner != null) {
            owner.detach(torch);
        }
        if (scope != null) {
            scope.attach(torch);
            torch.releaseReference();
        }
        owner = scope;
    }

    /** @throws IllegalStateException if it was freed */
    org.bytedeco.pytorch.Tensor torch() {
        if (torch.isNull()) {
            throw new IllegalStateException(
                    "This tensor was freed with its scope; keep it with TensorScope.keep, or make it outside.");
        }
        return torch;
    }

    /** {@return sizes of its axes} */
    public long[] shape() {
        long[] shape = new long[rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = torch().size(i);
        }
        return shape;
    }

    /** {@return size of an axis} */
    public int size(int axis) {
        return Math.toIntExact(torch().size(axis));
    }

    /** {@return number of axes} */
    public int rank() {
        return Math.toIntExact(torch().dim());
    }

    /** {@return how many numbers it holds} */
    public long count() {
        return torch().numel();
    }

    /** {@return type of its numbers} */
    public DType dtype() {
        return DType.of(torch().scalar_type());
    }

    /** {@return where it lives} */
    public Device device() {
        return torch().is_cuda() ? new Device(Device.Kind.CUDA, torch().device().index()) : Device.CPU;
    }

    // Arithmetic.

    /** {@return the number as whole where both it and this tensor are, so that the result stays whole} */
    private Scalar scalar(double number) {
        return dtype().floating() || number != Math.rint(number) || Double.isInfinite(number)
                ? new Scalar(number)
                : new Scalar((long) number);
    }

    public Tensor add(Tensor other) {
        return new Tensor(torch().add(other.torch()));
    }

    public Tensor add(double number) {
        return new Tensor(torch().add(scalar(number)));
    }

    public Tensor sub(Tensor other) {
        return new Tensor(torch().sub(other.torch()));
    }

    public Tensor mul(Tensor other) {
        return new Tensor(torch().mul(other.torch()));
    }

    public Tensor mul(double number) {
        return new Tensor(torch().mul(scalar(number)));
    }

    public Tensor div(Tensor other) {
        return new Tensor(torch().div(other.torch()));
    }

    public Tensor div(double number) {
        return new Tensor(torch().div(new Scalar(number)));
    }

    public Tensor neg() {
        return new Tensor(torch().neg());
    }

    public Tensor pow(double exponent) {
        return new Tensor(torch().pow(new Scalar(exponent)));
    }

    public Tensor exp() {
        return new Tensor(torch().exp());
    }

    public Tensor log() {
        return new Tensor(torch().log());
    }

    public Tensor sqrt() {
        return new Tensor(torch().sqrt());
    }

    public Tensor abs() {
        return new Tensor(torch().abs());
    }

    public Tensor sin() {
        return new Tensor(torch().sin());
    }

    public Tensor cos() {
        return new Tensor(torch().cos());
    }

    /** {@return numbers below or above the limits as the limits} */
    public Tensor clamp(double least, double most) {
        return new Tensor(torch().clamp(new ScalarOptional(scalar(least)), new ScalarOptional(scalar(most))));
    }

    /** {@return the larger of each pair} */
    public Tensor maximum(Tensor other) {
        return new Tensor(torch().maximum(other.torch()));
    }

    /** {@return product of matrices along the last two axes, {@code [...][n][m]} times {@code [...][m][k]}} */
    public Tensor matmul(Tensor other) {
        return new Tensor(torch().matmul(other.torch()));
    }

    // Views and rearrangements.

    /** {@return the same numbers in another shape, of which one size may be -1; a view where memory allows} */
    public Tensor reshape(long... shape) {
        return new Tensor(torch().reshape(shape));
    }

    /** {@return a view with two axes exchanged} */
    public Tensor transpose(int a, int b) {
        return new Tensor(torch().transpose(a, b));
    }

    /** {@return a view whose axis {@code i} is this one's {@code axes[i]}} */
    public Tensor permute(long... axes) {
        return new Tensor(torch().permute(axes));
    }

    /** {@return a view of {@code length} positions of an axis} */
    public Tensor narrow(int axis, long from, long length) {
        return new Tensor(torch().narrow(axis, from, length));
    }

    /** {@return a view of one position of an axis, without that axis} */
    public Tensor select(int axis, long position) {
        return new Tensor(torch().select(axis, position));
    }

    /** {@return a view with a new axis of size 1} */
    public Tensor unsqueeze(int axis) {
        return new Tensor(torch().unsqueeze(axis));
    }

    /** {@return a view without an axis of size 1} */
    public Tensor squeeze(int axis) {
        return new Tensor(torch().squeeze(axis));
    }

    /** {@return a view with axes of size 1 repeated; -1 leaves a size as it is} */
    public Tensor expand(long... shape) {
        return new Tensor(torch().expand(shape));
    }

    /** {@return a tensor whose numbers lie row after row; this one if they do} */
    public Tensor contiguous() {
        return new Tensor(torch().contiguous());
    }

    /** {@return a copy of its own memory, through which gradients flow} */
    public Tensor copy() {
        return new Tensor(torch().clone(new MemoryFormatOptional()));
    }

    /** {@return the positions of an axis that {@code I64[n]} names} */
    public Tensor indexSelect(int axis, Tensor positions) {
        return new Tensor(torch().index_select(axis, positions.torch()));
    }

    /** {@return numbers picked along an axis, one for each of {@code I64} positions of the result's shape} */
    public Tensor gather(int axis, Tensor positions) {
        return new Tensor(torch().gather(axis, positions.torch()));
    }

    /** {@return this one with {@code source} added along an axis at {@code I64} positions of its shape} */
    public Tensor scatterAdd(int axis, Tensor positions, Tensor source) {
        return new Tensor(torch().scatter_add(axis, positions.torch(), source.torch()));
    }

    /** {@return this one with rows of {@code source} added at the positions of an axis that {@code I64[n]} names} */
    public Tensor indexAdd(int axis, Tensor positions, Tensor source) {
        return new Tensor(torch().index_add(axis, positions.torch(), source.torch()));
    }

    /** {@return rows of this table {@code [rows][dims]} for ids {@code I64[...]}, {@code [...][dims]}} */
    public Tensor rows(Tensor ids) {
        return new Tensor(org.bytedeco.pytorch.global.torch.embedding(torch(), ids.torch()));
    }

    /** {@return the numbers on and below the diagonal that lies {@code offset} columns right of the main one} */
    public Tensor tril(int offset) {
        return new Tensor(torch().tril(offset));
    }

    // Reductions.

    public Tensor sum() {
        return new Tensor(torch().sum());
    }

    public Tensor sum(int axis) {
        return new Tensor(torch().sum(new long[] {axis}, false, new ScalarTypeOptional()));
    }

    public Tensor mean() {
        return new Tensor(torch().mean());
    }

    public Tensor mean(int axis) {
        return new Tensor(torch().mean(new long[] {axis}, false, new ScalarTypeOptional()));
    }

    public Tensor max(int axis) {
        return new Tensor(torch().amax(new long[] {axis}, false));
    }

    /** {@return positions of the largest numbers, {@code I64}} */
    public Tensor argmax(int axis) {
        return new Tensor(torch().argmax(new LongOptional(axis), false));
    }

    /** {@return Euclidean length along an axis} */
    public Tensor norm(int axis) {
        return new Tensor(torch().norm(new ScalarOptional(new Scalar(2)), new long[] {axis}, false));
    }

    public Tensor logSumExp(int axis) {
        return new Tensor(torch().logsumexp(new long[] {axis}, false));
    }

    public Tensor cumulativeSum(int axis) {
        return new Tensor(torch().cumsum(axis));
    }

    public Tensor softmax(int axis) {
        return new Tensor(torch().softmax(axis));
    }

    public Tensor logSoftmax(int axis) {
        return new Tensor(torch().log_softmax(axis));
    }

    /** {@return the {@code k} largest numbers of each row of the last axis, in falling order} */
    public Top top(int k) {
        var top = torch().topk(k);
        return new Top(copyOf(top.get0()), copyOf(top.get1()));
    }

    /** {@return a tensor of its own over the same numbers, where the handle belongs to a pair} */
    private static Tensor copyOf(org.bytedeco.pytorch.Tensor handle) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(handle));
    }

    /**
     * The largest numbers.
     *
     * @param positions {@code I64}, where they stood
     */
    public record Top(Tensor values, Tensor positions) {}

    // Comparisons and masks, BOOL.

    public Tensor eq(Tensor other) {
        return new Tensor(torch().eq(other.torch()));
    }

    public Tensor eq(double number) {
        return new Tensor(torch().eq(new Scalar(number)));
    }

    public Tensor lt(Tensor other) {
        return new Tensor(torch().lt(other.torch()));
    }

    public Tensor lt(double number) {
        return new Tensor(torch().lt(new Scalar(number)));
    }

    public Tensor gt(Tensor other) {
        return new Tensor(torch().gt(other.torch()));
    }

    public Tensor gt(double number) {
        return new Tensor(torch().gt(new Scalar(number)));
    }

    public Tensor not() {
        return new Tensor(torch().logical_not());
    }

    public Tensor and(Tensor other) {
        return new Tensor(torch().logical_and(other.torch()));
    }

    public Tensor or(Tensor other) {
        return new Tensor(torch().logical_or(other.torch()));
    }

    /** {@return this one with {@code number} where the mask is true} */
    public Tensor maskedFill(Tensor mask, double number) {
        return new Tensor(torch().masked_fill(mask.torch(), new Scalar(number)));
    }

    // Type, device, gradients.

    /** {@return the same numbers in another type; this one if it has it} */
    public Tensor to(DType type) {
        return new Tensor(torch().to(type.torch()));
    }

    /** {@return the same numbers on another device; this one if it is there} */
    public Tensor to(Device device) {
        return new Tensor(torch().to(device.torch(), torch().scalar_type()));
    }

    /** {@return a view through which no gradient flows} */
    public Tensor detach() {
        return new Tensor(torch().detach());
    }

    /** {@return whether gradients are recorded for it} */
    public boolean requiresGrad() {
        return torch().requires_grad();
    }

    /** Switches whether gradients are recorded for it; {@return itself} */
    public Tensor requiresGrad(boolean wanted) {
        torch().set_requires_grad(wanted);
        return this;
    }

    /** {@return its gradient after {@link #backward}, null before and for what needs none} */
    public @Nullable Tensor grad() {
        var grad = torch().grad();
        return grad.defined() ? new Tensor(grad) : null;
    }

    /** Forgets its gradient. */
    public void clearGrad() {
        torch().mutable_grad().reset();
    }

    /** Adds the gradients of this single number to those of everything it was computed from. */
    public void backward() {
        torch().backward();
    }

    /** Adds the gradients of the sum of this tensor times {@code weights}, which have its shape. */
    public void backward(Tensor weights) {
        torch().backward(weights.torch(), new BoolOptional(), false, null);
    }

    // Changes of this tensor; of one that requires gradients, under NoGrad only.

    public void addInPlace(Tensor other) {
        torch().add_(other.torch());
    }

    /** Adds {@code scale * other}. */
    public void addInPlace(Tensor other, double scale) {
        torch().add_(other.torch(), new Scalar(scale));
    }

    public void mulInPlace(double number) {
        torch().mul_(new Scalar(number));
    }

    /** Takes the numbers of another tensor, converting type and device. */
    public void copyInPlace(Tensor other) {
        torch().copy_(other.torch());
    }

    public void fillInPlace(double number) {
        torch().fill_(new Scalar(number));
    }

    // To Java.

    /** {@return the only number it holds} */
    public double item() {
        return torch().item_double();
    }

    /** {@return a copy of its numbers, row after row} */
    public float[] floats() {
        return TensorData.floats(this);
    }

    /** {@return a copy of its numbers, row after row} */
    public double[] doubles() {
        return TensorData.doubles(this);
    }

    /** {@return a copy of its whole numbers, row after row} */
    public long[] longs() {
        return TensorData.longs(this);
    }

    /** {@return a copy of its memory, row after row} */
    public byte[] bytes() {
        return TensorData.bytes(this);
    }

    /**
     * {@return it as it would be stored; shares its memory if it lies row after row on the CPU, and then must not
     * outlive it}
     */
    public StoredTensor stored(String name) {
        return TensorData.stored(name, this);
    }

    /** Frees it now. */
    @Override
    public void close() {
        torch.close();
    }

    @Override
    public String toString() {
        return torch.isNull() ? "freed tensor" : TensorData.describe(this);
    }
}
