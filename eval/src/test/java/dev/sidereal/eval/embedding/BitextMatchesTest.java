package dev.sidereal.eval.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BitextMatchesTest {
    @Test
    void equalsValuesByHand() {
        // By angle: left at 0, 90 and 37 degrees, right at 0, 90 and 10.
        float[][] left = {{1, 0}, {0, 1}, {.8f, .6f}};
        float[][] right = {{1, 0}, {0, 1}, {.985f, .174f}};
        BitextMatches matches = BitextMatches.of(left, right);
        // 37 degrees are 27 from the third: found; 10 degrees are 10 from the first: not found.
        assertThat(matches.forward()).isEqualTo(1);
        assertThat(matches.backward()).isEqualTo(2.0 / 3);
        assertThat(matches.accuracy()).isCloseTo(5.0 / 6, Offset.offset(1e-12));
        // Two of three pairs are mutual and right: precision 1, recall 2/3.
        assertThat(matches.f1()).isEqualTo(2.0 * 2 / (2 + 3));
    }

    @Test
    void theMarginTakesTextsThatAreNearToEverythingBack() {
        float[][] left = byDegrees(85, 80, 75, 10, 35);
        float[][] right = byDegrees(75, 5, 30, 0, 25);
        // By NumPy: the matrix of cosines, divided by the mean of row and column means of the two largest.
        assertThat(BitextMatches.of(left, right)).isEqualTo(new BitextMatches(.2, .4, 0));
        assertThat(BitextMatches.byMargin(left, right, 2)).isEqualTo(new BitextMatches(.4, .6, 2.0 * 2 / (3 + 5)));
        // A single text has fewer neighbours than the paper's four.
        assertThat(BitextMatches.byMargin(byDegrees(10), byDegrees(20), BitextMatches.NEIGHBOURS))
                .isEqualTo(new BitextMatches(1, 1, 1));
    }

    private static float[][] byDegrees(double... angles) {
        return Arrays.stream(angles)
                .mapToObj(angle ->
                        new float[] {(float) Math.cos(Math.toRadians(angle)), (float) Math.sin(Math.toRadians(angle))})
                .toArray(float[][]::new);
    }

    @Test
    void unlikeSidesAreRefused() {
        assertThatThrownBy(() -> BitextMatches.of(new float[1][2], new float[2][2]))
                .isInstanceOf(BadInput.class)
                .hasMessage("bitext needs as many texts on both sides, at least one; got 1 and 2");
    }
}
