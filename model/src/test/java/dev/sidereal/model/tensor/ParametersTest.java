package dev.sidereal.model.tensor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.TensorMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters parameters = new Parameters();

    @AfterEach
    void end() {
        parameters.close();
    }

    @Test
    void gradientsAreCutToALength() {
        Tensor a = parameters.add("a", Tensors.of(new float[] {1, 1}, 2));
        Tensor b = parameters.add("b", Tensors.of(new float[] {1}, 1));
        a.mul(2).sum().add(b.sum()).backward();
        assertThat(parameters.gradientNorm()).isCloseTo(3, within(1e-6));
        assertThat(parameters.clipGradients(1.5)).isCloseTo(3, within(1e-6));
        assertThat(parameters.gradientNorm()).isCloseTo(1.5, within(1e-6));
        assertThat(parameters.clipGradients(10)).isCloseTo(1.5, within(1e-6));
        assertThat(requireNonNull(b.grad()).item()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void parametersOutliveTheScopeTheyAreMadeIn() {
        try (TensorScope _ = new TensorScope()) {
            parameters.add("a", Tensors.ones(DType.F32, Device.CPU, 3));
        }
        assertThat(parameters.get("a").sum().item()).isEqualTo(3);
        assertThat(parameters.count()).isEqualTo(3);
    }

    @Test
    void storedOnesOfAnotherShapeAreRefusedAndNothingChanges() {
        parameters.add("a", Tensors.ones(DType.F32, Device.CPU, 1));
        parameters.add("b", Tensors.ones(DType.F32, Device.CPU, 2, 3));
        Tensor a = Tensors.of(new float[] {5}, 1);
        Tensor b = Tensors.of(new float[6], 3, 2);
        TensorMap other = TensorMap.of("memory", List.of(a.stored("a"), b.stored("b")));
        assertThatThrownBy(() -> parameters.copyFrom(other))
                .isInstanceOf(BadInput.class)
                .hasMessage("memory: the tensor b has the shape [3, 2], expected [2, 3]; does its config.json belong "
                        + "to it?");
        assertThat(parameters.get("a").item()).isEqualTo(1);
        a.close();
        b.close();
    }

    @Test
    void namesAreUniqueAndKnown() {
        parameters.add("a", Tensors.ones(DType.F32, Device.CPU, 1));
        assertThatThrownBy(() -> parameters.add("a", Tensors.ones(DType.F32, Device.CPU, 1)))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There are two parameters named a.");
        assertThatThrownBy(() -> parameters.get("c"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no parameter named c.");
    }
}
