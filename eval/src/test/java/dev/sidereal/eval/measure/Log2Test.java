package dev.sidereal.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Log2Test {
    /** Values that glibc 2.36 printed for log2 with %a. */
    @ParameterizedTest
    @CsvSource({
        "1,0x0p+0",
        "2,0x1p+0",
        "3,0x1.95c01a39fbd68p+0",
        "5,0x1.2934f0979a371p+1",
        "7,0x1.675767f54042dp+1",
        "11,0x1.bacea7c065d42p+1",
        "1000,0x1.3ee7b471b3a95p+3",
        "1024,0x1.4p+3",
        "99999,0x1.09c1073e06f1cp+4",
        "2147483647,0x1.efffffffd1d57p+4"
    })
    void agreesWithC(int n, String hex) {
        assertThat(Double.toHexString(Log2.of(n))).isEqualTo(Double.toHexString(Double.parseDouble(hex)));
    }

    @Test
    void isTheNearestDoubleForNumbersInsideAndOutsideTheTable() {
        MathContext precision = new MathContext(50);
        BigDecimal ln2 = ln(2, precision);
        for (int n : new int[] {3, 6, 100, 1619, 1621, 2047, 2048, 2049, 65537, 1_000_003}) {
            BigDecimal exact = ln(n, precision).divide(ln2, precision);
            assertThat(Log2.of(n)).as("log2(%d)", n).isEqualTo(exact.doubleValue());
        }
    }

    /** ln n = ln floor(n/2) + ln (n / floor(n/2)). */
    private static BigDecimal ln(int n, MathContext precision) {
        if (n == 1) {
            return BigDecimal.ZERO;
        }
        BigDecimal ratio = BigDecimal.valueOf(n).divide(BigDecimal.valueOf(n / 2), precision);
        BigDecimal z = ratio.subtract(BigDecimal.ONE).divide(ratio.add(BigDecimal.ONE), precision);
        return ln(n / 2, precision).add(atanhTwice(z, precision), precision);
    }

    private static BigDecimal atanhTwice(BigDecimal z, MathContext precision) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = z;
        for (int k = 1; k < 200; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), precision), precision);
            power = power.multiply(z, precision).multiply(z, precision);
        }
        return sum.multiply(BigDecimal.TWO, precision);
    }
}
