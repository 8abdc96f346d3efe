package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableCrossEntropyTest {
    private static final int STATES = 301;
    private static final int ROWS = 77;
    private static final int DIMS = 16;

    private static int[] targets() {
        Random random = new Random(3);
        return random.ints(STATES, 0, ROWS).toArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void lossAndGradientsAreThoseOfLibtorchOverTheWholeTableOfLogits(DType products) {
        try (TensorScope _ = new TensorScope()) {
            Torch.seed(5);
            Tensor states =
                    Tensors.normal(1, DType.F32, Device.CPU, STATES, DIMS).requiresGrad(true);
            Tensor table = Tensors.normal(1, DType.F32, Device.CPU, ROWS, DIMS).requiresGrad(true);
            Tensor whole = Losses.crossEntropy(states.matmul(table.transpose(0, 1)), Tensors.of(targets(), STATES));
            whole.mul(3).backward();
            float[] ofStates = java.util.Objects.requireNonNull(states.grad()).floats();
            float[] ofTable = java.util.Objects.requireNonNull(table.grad()).floats();
            states.clearGrad();
            table.clearGrad();

            Tensor loss = TableCrossEntropy.of(states, table, targets(), products);
            loss.mul(3).backward();

            double allowed = products == DType.F32 ? 1e-6 : 5e-3;
            assertThat(loss.item()).isCloseTo(whole.item(), within(allowed * 10));
            near(java.util.Objects.requireNonNull(states.grad()).floats(), ofStates, allowed);
            near(java.util.Objects.requireNonNull(table.grad()).floats(), ofTable, allowed);
        }
    }

    private static void near(float[] actual, float[] expected, double share) {
        double squares = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += (double) expected[i] * expected[i];
            error += Math.pow((double) actual[i] - expected[i], 2);
        }
        assertThat(Math.sqrt(error / squares)).isLessThan(share);
    }

    @Test
    void withoutGradientsTheLossIsTheSame() {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Tensor states = Tensors.normal(1, DType.F32, Device.CPU, STATES, DIMS);
            Tensor table = Tensors.normal(1, DType.F32, Device.CPU, ROWS, DIMS);
            double whole = Losses.crossEntropy(states.matmul(table.transpose(0, 1)), Tensors.of(targets(), STATES))
                    .item();
            assertThat(TableCrossEntropy.of(states, table, targets(), DType.F32).item())
                    .isCloseTo(whole, within(1e-5));
        }
    }

    @Test
    void aTargetOutsideTheTableIsRefused() {
        try (TensorScope _ = new TensorScope()) {
            Tensor states = Tensors.zeros(DType.F32, Device.CPU, 1, 2);
            Tensor table = Tensors.zeros(DType.F32, Device.CPU, 3, 2);
            assertThatThrownBy(() -> TableCrossEntropy.of(states, table, new int[] {3}, DType.F32))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The target 3 is no row of a table of 3 rows.");
        }
    }
}
