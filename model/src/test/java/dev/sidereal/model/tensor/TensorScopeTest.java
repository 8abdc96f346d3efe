package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TensorScopeTest {
    @Test
    void aTensorIsFreedWithItsScope() {
        Tensor tensor;
        try (TensorScope _ = new TensorScope()) {
            tensor = Tensors.of(new float[] {1}, 1);
        }
        assertThatThrownBy(tensor::floats)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This tensor was freed with its scope; keep it with TensorScope.keep, or make it outside.");
    }

    @Test
    void aKeptTensorIsFreedWithTheEnclosingScope() {
        Tensor tensor;
        try (TensorScope _ = new TensorScope()) {
            try (TensorScope inner = new TensorScope()) {
                tensor = inner.keep(Tensors.of(new float[] {1}, 1));
            }
            assertThat(tensor.item()).isEqualTo(1);
        }
        assertThat(tensor).hasToString("freed tensor");
    }

    @Test
    void anOuterScopeKeepsWhatAnInnerOneOwns() {
        Tensor tensor;
        try (TensorScope outer = new TensorScope()) {
            try (TensorScope _ = new TensorScope()) {
                tensor = outer.keep(Tensors.of(new float[] {1}, 1));
            }
        }
        assertThat(tensor.item()).isEqualTo(1);
        tensor.close();
        assertThat(tensor).hasToString("freed tensor");
    }

    @Test
    void keepingWhatLivesLongerAnywayDoesNotShortenItsLife() {
        Tensor outside = Tensors.of(new float[] {1}, 1);
        try (TensorScope _ = new TensorScope()) {
            try (TensorScope inner = new TensorScope()) {
                inner.keep(outside);
            }
        }
        assertThat(outside.item()).isEqualTo(1);
    }

    @Test
    void aReleasedTensorOutlivesAllScopes() {
        Tensor tensor;
        try (TensorScope _ = new TensorScope();
                TensorScope _ = new TensorScope()) {
            tensor = TensorScope.release(Tensors.of(new float[] {1}, 1));
        }
        assertThat(tensor.item()).isEqualTo(1);
        tensor.close();
    }

    @Test
    @Tag("slow")
    void memoryStaysFlatOverTwoThousandTrainingSteps() {
        // A leak of one activation a step would come to 64 MB.
        assertThat(SmallJvm.growth(TwoThousandSteps.class)).isLessThan(16L << 20);
    }

    static final class TwoThousandSteps {
        private TwoThousandSteps() {}

        static void main() throws IOException {
            Torch.threads(1);
            Torch.seed(1);
            try (Parameters parameters = new Parameters()) {
                List<Linear> layers = List.of(linear(parameters, "up", 256, 64), linear(parameters, "down", 64, 256));
                try (AdamW optimiser = AdamW.of(parameters, 1e-3, 0.01)) {
                    SmallJvm.report(() -> step(parameters, optimiser, layers));
                }
            }
        }
    }

    private static void step(Parameters parameters, AdamW optimiser, List<Linear> layers) {
        try (TensorScope _ = new TensorScope()) {
            Tensor x = Tensors.normal(1, DType.F32, Device.CPU, 32, 64);
            Tensor y = x;
            for (Linear layer : layers) {
                y = Activations.gelu(layer.forward(y));
            }
            parameters.clearGradients();
            Losses.meanSquaredError(y, x).backward();
            parameters.clipGradients(1);
            optimiser.step();
        }
    }

    private static Linear linear(Parameters parameters, String name, int out, int in) {
        parameters.add(name + ".weight", Tensors.normal(0.05, DType.F32, Device.CPU, out, in));
        parameters.add(name + ".bias", Tensors.zeros(DType.F32, Device.CPU, out));
        return Linear.of(parameters, name);
    }
}
