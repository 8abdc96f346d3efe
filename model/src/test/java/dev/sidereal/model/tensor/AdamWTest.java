package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdamWTest {
    @Test
    void stepsAreThoseOfTheAlgorithmInDoubles() {
        double[] gradients = {0.5, -1, 0.25, 3, -0.1};
        double x = 2;
        double m = 0;
        double v = 0;
        try (Parameters parameters = new Parameters()) {
            Tensor p = parameters.add("p", Tensors.of(new double[] {2}, 1));
            var settings = new AdamW.Settings(0.8, 0.95, 1e-6);
            AdamW optimiser = AdamW.of(parameters, settings, List.of(new AdamW.Group(_ -> true, 0.1, 0.3)));
            for (int t = 1; t <= gradients.length; t++) {
                double g = gradients[t - 1];
                double rate = 0.1 * t;
                m = 0.8 * m + 0.2 * g;
                v = 0.95 * v + 0.05 * g * g;
                x -= rate * (m / (1 - Math.pow(0.8, t)) / (Math.sqrt(v / (1 - Math.pow(0.95, t))) + 1e-6) + 0.3 * x);

                parameters.clearGradients();
                p.mul(g).sum().backward();
                optimiser.step(t);
                assertThat(p.item()).isCloseTo(x, within(1e-12));
            }
            optimiser.close();
        }
    }

    @Test
    void groupsAreChosenByName() {
        try (Parameters parameters = new Parameters()) {
            Tensor slow = parameters.add("slow.weight", Tensors.of(new float[] {1}, 1));
            Tensor fast = parameters.add("fast.weight", Tensors.of(new float[] {1}, 1));
            Tensor frozen = parameters.add("frozen.weight", Tensors.of(new float[] {1}, 1));
            parameters.freeze(name -> name.startsWith("frozen"));
            AdamW optimiser = AdamW.of(
                    parameters,
                    AdamW.Settings.USUAL,
                    List.of(
                            new AdamW.Group(name -> name.startsWith("slow"), 0.001, 0),
                            new AdamW.Group(_ -> true, 0.1, 0)));
            slow.add(fast).add(frozen).sum().backward();
            optimiser.step();
            assertThat(slow.item()).isCloseTo(0.999, within(1e-6));
            assertThat(fast.item()).isCloseTo(0.9, within(1e-6));
            assertThat(frozen.item()).isEqualTo(1);
            assertThat(parameters.trained()).isEqualTo(2);
            optimiser.close();
        }
    }

    @Test
    void aParameterOfNoGroupIsRefused() {
        try (Parameters parameters = new Parameters()) {
            parameters.add("head.weight", Tensors.of(new float[] {1}, 1));
            assertThatThrownBy(() -> AdamW.of(
                            parameters,
                            AdamW.Settings.USUAL,
                            List.of(new AdamW.Group(name -> name.startsWith("layer"), 0.1, 0))))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The parameter head.weight is in no group of AdamW; add a group that takes every name "
                            + "at the end, or freeze it.");
        }
    }

    @Test
    void aRestoredRunGoesOnBitByBit(@TempDir Path folder) {
        float[] straight = run(9, folder);
        assertThat(run(4, folder)).containsExactly(straight);
    }

    /** Nine steps with dropout; after {@code stop} of them everything is written and a new run goes on from there. */
    private static float[] run(int stop, Path folder) {
        Path file = folder.resolve("run.safetensors");
        Torch.seed(42);
        try (Run run = new Run()) {
            for (int i = 0; i < stop; i++) {
                run.step(i);
            }
            Snapshot.write(file, run.parameters, run.optimiser);
        }
        Torch.seed(0);
        try (Run next = new Run()) {
            Snapshot.restore(file, next.parameters, next.optimiser);
            assertThat(next.optimiser.steps()).isEqualTo(stop);
            for (int i = stop; i < 9; i++) {
                next.step(i);
            }
            return next.parameters.get("w").floats();
        }
    }

    @Test
    void aSnapshotOfAnotherModelIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("run.safetensors");
        try (Run run = new Run();
                Parameters other = new Parameters()) {
            Snapshot.write(file, run.parameters, run.optimiser);
            other.add("w", Tensors.zeros(DType.F32, Device.CPU, 4, 4));
            try (AdamW optimiser = AdamW.of(other, 0.01, 0)) {
                assertThatThrownBy(() -> Snapshot.restore(file, other, optimiser))
                        .isInstanceOf(BadInput.class)
                        .hasMessage(file + ": the tensor w has the shape [8, 8], expected [4, 4]; does its config.json "
                                + "belong to it?");
            }
        }
    }

    private static final class Run implements AutoCloseable {
        final Parameters parameters = new Parameters();
        final Tensor w = parameters.add("w", Tensors.normal(1, DType.F32, Device.CPU, 8, 8));
        final AdamW optimiser = AdamW.of(parameters, 0.01, 0.1);

        void step(int i) {
            try (TensorScope _ = new TensorScope()) {
                Tensor x = Tensors.full(i + 1, DType.F32, Device.CPU, 4, 8);
                parameters.clearGradients();
                Activations.dropout(x.matmul(w), 0.5).pow(2).mean().backward();
                optimiser.step();
            }
        }

        @Override
        public void close() {
            optimiser.close();
            parameters.close();
        }
    }
}
