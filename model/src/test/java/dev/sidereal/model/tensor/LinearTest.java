package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinearTest {
    private final TensorScope scope = new TensorScope();
    private final Tensor weight = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private final Linear map = new Linear("map", weight, Tensors.of(new float[] {10, 20}, 2));
    private final Tensor x = Tensors.of(new float[] {1, 0, -1}, 1, 3);
    private final LowRank change =
            new LowRank(Tensors.of(new float[] {1, 1, 0}, 1, 3), Tensors.of(new float[] {2, 3}, 2, 1), 0.5, 0);

    @AfterEach
    void end() {
        scope.close();
    }

    @Test
    void aLowRankChangeAddsItsProduct() {
        assertThat(map.forward(x).floats()).containsExactly(8, 18);
        map.attach(change);
        assertThat(map.forward(x).floats()).containsExactly(9, 19.5f);
    }

    @Test
    void mergedItIsPartOfTheWeightAndCanBeTakenOutExactly() {
        map.attach(change);
        map.merge();
        assertThat(map.merged()).isTrue();
        assertThat(map.forward(x).floats()).containsExactly(9, 19.5f);
        assertThat(weight.floats()).containsExactly(2, 3, 3, 5.5f, 6.5f, 6);
        map.detach();
        assertThat(weight.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(map.forward(x).floats()).containsExactly(8, 18);
    }

    @Test
    void aChangeOfAnotherShapeIsRefused() {
        LowRank other = new LowRank(Tensors.of(new float[2], 1, 2), Tensors.of(new float[2], 2, 1), 1, 0);
        assertThatThrownBy(() -> map.attach(other))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The low-rank change of map maps 2 to 2 numbers, the weight has the shape [2, 3].");
    }

    @Test
    void aSecondChangeIsRefused() {
        map.attach(change);
        assertThatThrownBy(() -> map.attach(change))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The linear map map has a low-rank change already; detach it first.");
    }

    @Test
    void aTransformOfItsInputHasTheGradientsOfFiniteDifferences() {
        FiniteDifferences.check(
                in -> {
                    Linear linear = new Linear("l", in.get(0), in.get(1));
                    linear.attach(new LowRank(in.get(2), in.get(3), 0.7, 0));
                    return linear.forward(in.get(4));
                },
                new long[] {2, 3},
                new long[] {2},
                new long[] {1, 3},
                new long[] {2, 1},
                new long[] {4, 3});
    }
}
