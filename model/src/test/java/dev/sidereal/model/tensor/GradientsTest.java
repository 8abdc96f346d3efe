package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientsTest {
    @Test
    void normsHaveTheGradientsOfFiniteDifferences() {
        FiniteDifferences.check(
                in -> Norms.layerNorm(in.get(0), in.get(1), in.get(2), 1e-5),
                new long[] {3, 5},
                new long[] {5},
                new long[] {5});
        FiniteDifferences.check(in -> Norms.rmsNorm(in.get(0), in.get(1), 1e-5), new long[] {3, 5}, new long[] {5});
        FiniteDifferences.check(in -> Norms.unit(in.get(0)), new long[] {3, 5});
    }

    @Test
    void lossesHaveTheGradientsOfFiniteDifferences() {
        Tensor targets = Tensors.of(new long[] {2, 0, Losses.IGNORED, 1}, 4);
        FiniteDifferences.check(in -> Losses.crossEntropy(in.get(0), targets, 0.1), new long[] {4, 3});
        FiniteDifferences.check(
                in -> Losses.meanSquaredError(in.get(0), in.get(1)), new long[] {2, 3}, new long[] {2, 3});
        FiniteDifferences.check(
                in -> Losses.klDivergence(in.get(0).logSoftmax(-1), in.get(1).logSoftmax(-1)),
                new long[] {2, 4},
                new long[] {2, 4});
        FiniteDifferences.check(in -> Losses.cosine(in.get(0), in.get(1)), new long[] {3, 4}, new long[] {3, 4});
    }

    @Test
    void bothAttentionsHaveTheGradientsOfFiniteDifferences() {
        Tensor mask = Attention.causalMask(3, 4, Device.CPU);
        long[] queries = {1, 4, 3, 2};
        long[] keys = {1, 2, 4, 2};
        FiniteDifferences.check(
                in -> Attention.writtenOut(in.get(0), in.get(1), in.get(2), mask, 0), queries, keys, keys);
        FiniteDifferences.check(
                in -> Attention.fused(in.get(0), in.get(1), in.get(2), mask, false), queries, keys, keys);
    }

    @Test
    void bothAttentionsAgree() {
        try (TensorScope _ = new TensorScope()) {
            Torch.seed(3);
            Tensor q = Tensors.normal(1, DType.F32, Device.CPU, 2, 4, 5, 8);
            Tensor k = Tensors.normal(1, DType.F32, Device.CPU, 2, 2, 5, 8);
            Tensor v = Tensors.normal(1, DType.F32, Device.CPU, 2, 2, 5, 8);
            Tensor written = Attention.writtenOut(q, k, v, Attention.causalMask(5, 5, Device.CPU), 0);
            Tensor fused = Attention.fused(q, k, v, null, true);
            assertThat(written.sub(fused).abs().reshape(-1).max(0).item()).isLessThan(1e-6);
        }
    }

    @Test
    void lossesHaveTheValuesOfTheirDefinitions() {
        try (TensorScope _ = new TensorScope()) {
            Tensor logits = Tensors.of(new double[] {1, 2, 0.5, -1}, 2, 2);
            double expected =
                    (Math.log(Math.exp(1) + Math.exp(2)) - 2 + Math.log(Math.exp(.5) + Math.exp(-1)) - .5) / 2;
            assertThat(Losses.crossEntropy(logits, Tensors.of(new long[] {1, 0}, 2))
                            .item())
                    .isCloseTo(expected, Offset.offset(1e-12));

            Tensor p = Tensors.of(new double[] {.25, .75}, 1, 2).log();
            Tensor q = Tensors.of(new double[] {.5, .5}, 1, 2).log();
            assertThat(Losses.klDivergence(p, q).item())
                    .isCloseTo(.5 * Math.log(.5 / .25) + .5 * Math.log(.5 / .75), Offset.offset(1e-12));
        }
    }

    @Test
    void aGradientThatIsMissingIsNamed() {
        assertThatThrownBy(
                        () -> FiniteDifferences.check(in -> in.get(0).detach().mul(in.get(0)), new long[] {2}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the gradient of number 0 of input 0 is .*, differences give .*");
    }
}
