package dev.sidereal.train.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ActivationNormsTest {
    private static final Offset<Double> NEAR = within(1e-6);

    /** Two texts of two positions and two channels; the second text's last position is padding. */
    private static ActivationNorms norms() {
        ActivationNorms norms = new ActivationNorms(2);
        try (TensorScope _ = new TensorScope()) {
            norms.add(
                    Tensors.of(new float[] {3, 1, 6, -2, 4, 0, 100, 100}, 2, 2, 2),
                    Tensors.of(new byte[] {1, 1, 1, 0}, 2, 2).to(DType.BOOL));
        }
        return norms;
    }

    @Test
    void aChannelScoresTheLengthOverTextsAveragedOverPositions() {
        // Positions of channel 0: sqrt(3^2 + 4^2) and sqrt(6^2); of channel 1: sqrt(1) and sqrt(2^2).
        assertThat(norms().scores(1)).containsExactly(new double[] {5.5, 1.5}, NEAR);
    }

    @Test
    void aGroupOfChannelsScoresTheLengthOfAllItsNumbers() {
        assertThat(norms().scores(2)).containsExactly(new double[] {(Math.sqrt(26) + Math.sqrt(40)) / 2}, NEAR);
    }

    @Test
    void batchesAddUpAlsoWhereOneIsLonger() {
        ActivationNorms norms = norms();
        try (TensorScope _ = new TensorScope()) {
            norms.add(Tensors.of(new float[] {12, 0, 0, 0, 9, 3}, 1, 3, 2), null);
        }
        assertThat(norms.scores(1)).containsExactly(new double[] {(13 + 6 + 9) / 3.0, (1 + 2 + 3) / 3.0}, NEAR);
    }

    @Test
    void whatANormGaveIsSeenWithoutItsGainAndBias() {
        // Three real tokens of channel 0: (3 - 1) / 2, (6 - 1) / 2, (4 - 1) / 2.
        double expected = (1 + 6.25 + 2.25) / 3;
        assertThat(norms().meanSquare(new float[] {2, 1}, new float[] {1, 0}, new int[] {0}))
                .isCloseTo(expected, NEAR);
        assertThat(norms().meanSquare(new float[] {2, 0}, new float[] {1, 0}, new int[] {0, 1}))
                .isCloseTo(expected, NEAR);
    }
}
