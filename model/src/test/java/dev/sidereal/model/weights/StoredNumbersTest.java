package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredNumbersTest {
    /** Bits by hand: sign, 8 bits of exponent, 7 of fraction. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 3F80",
        "-2.0, C000",
        "3.140625, 4049",
        // Half way between 1 and 1 + 2^-7: the even one.
        "1.00390625, 3F80",
        // Half way between 1 + 2^-7 and 1 + 2^-6: the even one.
        "1.01171875, 3F82",
        "1.004, 3F81",
        "3.4028235E38, 7F80",
        "Infinity, 7F80",
        "-0.0, 8000",
        "1.4E-45, 0000",
    })
    void aFloatBecomesTheNearestBf16(float value, String bits) {
        assertThat("%04X".formatted(StoredNumbers.floatToBf16(value))).isEqualTo(bits);
    }

    @Test
    void nanStaysNan() {
        assertThat(StoredNumbers.bf16ToFloat(StoredNumbers.floatToBf16(Float.intBitsToFloat(0x7F800001))))
                .isNaN();
        assertThat(StoredNumbers.floats(StoredNumbers.of("a", StoredType.F16, List.of(), new float[] {Float.NaN})))
                .containsExactly(Float.NaN);
    }

    @Property(tries = 2000)
    void noOtherBf16IsNearer(@ForAll float value) {
        short bits = StoredNumbers.floatToBf16(value);
        float rounded = StoredNumbers.bf16ToFloat(bits);
        if (Float.isInfinite(rounded)) {
            assertThat(Math.abs(value)).isGreaterThanOrEqualTo(Float.intBitsToFloat(0x7F7F8000));
            return;
        }
        for (int step : new int[] {-1, 1}) {
            float other = StoredNumbers.bf16ToFloat((short) (bits + step));
            if (Float.isFinite(other)) {
                assertThat(distance(value, rounded)).isLessThanOrEqualTo(distance(value, other));
            }
        }
    }

    @Test
    void everyBf16ComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = StoredNumbers.bf16ToFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(StoredNumbers.floatToBf16(value)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F64", "F32", "F16", "BF16"})
    void numbersThatATypeHoldsExactlyComeBack(StoredType type) {
        float[] values = {0, 1, -1.5f, 240, -0f};
        StoredTensor tensor = StoredNumbers.of("a", type, List.of(5L, 1L), values);
        assertThat(tensor.type()).isEqualTo(type);
        assertThat(StoredNumbers.floats(tensor)).containsExactly(values);
        assertThat(StoredNumbers.floats(StoredNumbers.as(tensor, StoredType.BF16)))
                .containsExactly(values);
    }

    @Test
    void whatIsTooLargeForF16BecomesInfinite() {
        assertThat(StoredNumbers.floats(StoredNumbers.of("a", StoredType.F16, List.of(2L), new float[] {65519, 65520})))
                .containsExactly(65504f, Float.POSITIVE_INFINITY);
    }

    @Test
    void wholeNumbersAreNoFloats() {
        StoredTensor ids = SafetensorsTest.raw("ids", StoredType.I64, List.of(1L), new byte[8]);
        assertThatThrownBy(() -> StoredNumbers.floats(ids))
                .isInstanceOf(BadInput.class)
                .hasMessage("The tensor \"ids\" is of type I64, expected F32, BF16, F16 or F64.");
        assertThatThrownBy(() -> StoredNumbers.of("ids", StoredType.U8, List.of(1L), new float[1]))
                .isInstanceOf(BadInput.class)
                .hasMessage("The tensor \"ids\" is to be stored as U8, expected F32, BF16, F16 or F64.");
    }

    private static BigDecimal distance(float a, float b) {
        return new BigDecimal(a).subtract(new BigDecimal(b)).abs();
    }
}
