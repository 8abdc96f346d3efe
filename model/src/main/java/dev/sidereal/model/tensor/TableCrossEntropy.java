package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Rows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Cross-entropy over all rows of a table, {@code -log softmax(h E')[target]}, whose table of logits
 * {@code [states][rows]} is never whole in memory: piece by piece it is made, turned into probabilities where it lies, and
 * used up by both gradients. For recommenders and language models with tied embeddings. On a CPU alone.
 *
 * <p>Gradients are exact for {@code F32}. With {@code BF16} the three products are made of bfloat16 and the sums are
 * floats: about 0.2 % off a number, and two to three times faster where the CPU multiplies bfloat16.
 */
public final class TableCrossEntropy {
    private static final int PIECE = 128;

    private TableCrossEntropy() {}

    /**
     * {@return mean cross-entropy, one number with gradients of the first order to {@code states} and {@code table}}
     *
     * @param states {@code F32[states][dims]}
     * @param table {@code F32[rows][dims]}
     * @param targets row of each state
     * @param products {@code F32} or {@code BF16}
     * @throws BadConfig if the products are to be of another type or a target is no row
     */
    public static Tensor of(Tensor states, Tensor table, int[] targets, DType products) {
        if (products != DType.F32 && products != DType.BF16) {
            throw new BadConfig("Products of a cross-entropy are made in F32 or BF16, got " + products + ".");
        }
        int rows = table.size(0);
        for (int target : targets) {
            if (target < 0 || target >= rows) {
                throw new BadConfig("The target " + target + " is no row of a table of " + rows + " rows.");
            }
        }
        Gradients gradients;
        try (NoGrad _ = new NoGrad()) {
            gradients = Gradients.of(states, table, targets, products);
        }
        if (!NoGrad.recording()) {
            return Tensors.full(gradients.loss, DType.F32, Device.CPU);
        }
        Tensor carrier = states.mul(gradients.states)
                .sum()
                .add(table.mul(gradients.table).sum());
        return carrier.sub(carrier.detach()).add(gradients.loss);
    }

    private record Gradients(double loss, Tensor states, Tensor table) {
        static Gradients of(Tensor states, Tensor table, int[] targets, DType products) {
            int n = targets.length;
            Tensor rows = table.to(products);
            Tensor ofStates = Tensors.empty(DType.F32, Device.CPU, n, table.size(1));
            Tensor ofTable = Tensors.zeros(DType.F32, Device.CPU, table.shape());
            double loss = 0;
            for (int from = 0; from < n; from += PIECE) {
                int count = Math.min(PIECE, n - from);
                try (TensorScope _ = new TensorScope()) {
                    Tensor h = states.narrow(0, from, count);
                    Tensor logits = h.to(products).matmul(rows.transpose(0, 1));
                    float[] divisors = new float[count];
                    loss += products == DType.BF16
                            ? exponentials(logits, targets, from, divisors)
                            : probabilities(logits, targets, from, divisors);
                    Tensor scale = Tensors.of(divisors, count, 1).mul(n).pow(-1);
                    ofStates.narrow(0, from, count)
                            .copyInPlace(logits.matmul(rows).to(DType.F32).mul(scale));
                    ofTable.addInPlace(
                            logits.transpose(0, 1).matmul(h.mul(scale).to(products)));
                }
            }
            Tensor positions = Tensors.of(targets, n);
            ofStates.addInPlace(table.indexSelect(0, positions), -1.0 / n);
            return new Gradients(loss / n, ofStates, ofTable.indexAdd(0, positions, states.mul(-1.0 / n)));
        }

        /** Turns logits into exponentials in place; {@return the sum of the losses}. */
        private static double exponentials(Tensor logits, int[] targets, int from, float[] divisors) {
            MemorySegment memory = TensorData.memory(logits);
            int rows = logits.size(1);
            double loss = 0;
            for (int r = 0; r < divisors.length; r++) {
                long at = 2L * r * rows;
                float target = Rows.float32(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2L * targets[from + r]));
                float max = Rows.maxOfBf16(memory, at, rows);
                divisors[r] = Rows.expOfBf16(memory, at, rows, max);
                loss += max + Math.log(divisors[r]) - target;
            }
            return loss;
        }

        /** Turns logits into probabilities in place; {@return the sum of the losses}. */
        private static double probabilities(Tensor logits, int[] targets, int from, float[] divisors) {
            int rows = logits.size(1);
            MemorySegment memory = TensorData.memory(logits);
            double loss = 0;
            for (int r = 0; r < divisors.length; r++) {
                Rows.softmax(memory, 4L * r * rows, rows);
                float p = memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * ((long) r * rows + targets[from + r]));
                loss -= Math.log(Math.max(p, Float.MIN_NORMAL));
                divisors[r] = 1;
            }
            return loss;
        }
    }
}
