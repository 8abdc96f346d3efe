package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The changes of {@link Edits} as tensors on the model's device. */
final class TorchEdits implements AutoCloseable {
    private final Map<Place, Factors> factors = new HashMap<>();

    private record Place(int step, int layer) {}

    /**
     * One change, transposed for rows.
     *
     * @param a {@code [intermediate][rank]}, null for the identity
     * @param b {@code [rank][hidden]}
     */
    private record Factors(@Nullable Tensor a, Tensor b) {}

    /** Positions of a feed that one step edits: {@code I64[n]}. */
    record Rows(int step, Tensor positions) {}

    private TorchEdits() {}

    static TorchEdits of(Edits edits, DType type, Device device) {
        TorchEdits all = new TorchEdits();
        try (TensorScope _ = new TensorScope()) {
            for (Edits.Delta delta : edits.deltas()) {
                Tensor a = delta.a().length == 0 ? null : transposed(delta.a(), type, device);
                all.factors.put(
                        new Place(delta.step(), delta.layer()), new Factors(a, transposed(delta.b(), type, device)));
            }
        }
        return all;
    }

    private static Tensor transposed(float[][] matrix, DType type, Device device) {
        int columns = matrix[0].length;
        float[] flat = new float[matrix.length * columns];
        for (int row = 0; row < matrix.length; row++) {
            System.arraycopy(matrix[row], 0, flat, row * columns, columns);
        }
        Tensor tensor = Tensors.of(flat, matrix.length, columns).to(type).to(device);
        return TensorScope.release(tensor.transpose(0, 1).copy());
    }

    /**
     * {@return which positions of a feed which known step edits}
     *
     * @param last position of each branch's end in the feed
     */
    List<Rows> rows(List<Branch> branches, int[] last, Device device) {
        Map<Integer, int[]> rows = new TreeMap<>();
        for (int i = 0; i < last.length; i++) {
            int step = branches.get(i).edit();
            int position = last[i];
            if (factors.keySet().stream().anyMatch(place -> place.step == step)) {
                rows.merge(step, new int[] {position}, TorchEdits::joined);
            }
        }
        return rows.entrySet().stream()
                .map(e -> new Rows(
                        e.getKey(),
                        Tensors.of(e.getValue(), e.getValue().length).to(device)))
                .toList();
    }

    /** {@return the output of a down projection with the changes of these positions added} */
    Tensor apply(List<Rows> rows, int layer, Tensor activation, Tensor output) {
        Tensor changed = output;
        for (Rows edited : rows) {
            Factors change = factors.get(new Place(edited.step, layer));
            if (change != null) {
                Tensor low = activation.indexSelect(0, edited.positions);
                low = change.a == null ? low : low.matmul(change.a);
                changed = changed.indexAdd(0, edited.positions, low.matmul(change.b));
            }
        }
        return changed;
    }

    private static int[] joined(int[] some, int[] more) {
        int[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Override
    public void close() {
        factors.values().forEach(change -> {
            if (change.a != null) {
                change.a.close();
            }
            change.b.close();
        });
        factors.clear();
    }
}
