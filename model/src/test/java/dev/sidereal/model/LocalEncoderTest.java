package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEncoderTest {
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aVectorThatIsNotFiniteIsRefused(float value) {
        assertThatThrownBy(() -> LocalEncoder.finish(new float[] {1, value}, true, "mine", 3))
                .isInstanceOf(BadInput.class)
                .hasMessage("The model mine gave NaN or infinity for text 3 (counted from 0); "
                        + "its weights are damaged or overflow on this text.");
    }

    @Test
    void onlyAskedForVectorsGetUnitLengthAndZeroStaysZero() {
        float[] asked = {3, 4};
        float[] left = {3, 4};
        float[] zero = {0, 0};
        LocalEncoder.finish(asked, true, "mine", 0);
        LocalEncoder.finish(left, false, "mine", 0);
        LocalEncoder.finish(zero, true, "mine", 0);
        assertThat(asked).containsExactly(.6f, .8f);
        assertThat(left).containsExactly(3, 4);
        assertThat(zero).containsExactly(0, 0);
    }
}
