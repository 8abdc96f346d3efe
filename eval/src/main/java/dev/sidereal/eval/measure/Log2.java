package dev.sidereal.eval.measure;

/**
 * The binary logarithm of whole numbers, rounded correctly: discounts then agree with C's {@code log2} to the last bit,
 * which {@code Math.log(n) / Math.log(2)} does for two numbers in three only. Table up to 2048, series above.
 */
final class Log2 {
    private static final Pair LN2 = new Pair(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
    private static final int TERMS = 24;
    private static final double[] TABLE = table(2048);

    private Log2() {}

    /** {@return log2 of {@code n}, which is at least 1} */
    static double of(int n) {
        return n < TABLE.length ? TABLE[n] : series(n);
    }

    private static double[] table(int size) {
        double[] table = new double[size];
        for (int n = 1; n < size; n++) {
            table[n] = series(n);
        }
        return table;
    }

    /** ln m = 2 atanh((m - 1) / (m + 1)) for n = m 2^e and m near 1, in doubled precision. */
    private static double series(int n) {
        int exponent = 31 - Integer.numberOfLeadingZeros(n);
        double mantissa = n / Math.scalb(1.0, exponent);
        if (mantissa > 1.4142) {
            mantissa /= 2;
            exponent++;
        }
        if (mantissa == 1) {
            return exponent;
        }
        Pair z = new Pair(mantissa - 1, 0).over(new Pair(mantissa + 1, 0));
        Pair square = z.times(z);
        Pair sum = new Pair(0, 0);
        for (int k = TERMS; k >= 0; k--) {
            sum = sum.times(square).plus(new Pair(1, 0).over(new Pair(2 * k + 1, 0)));
        }
        Pair log = sum.times(z).over(LN2);
        Pair result = new Pair(2 * log.high, 2 * log.low).plus(new Pair(exponent, 0));
        return result.high;
    }

    /** A number as an unevaluated sum of two doubles (Dekker, Numerische Mathematik 18, 1971). */
    private record Pair(double high, double low) {
        Pair plus(Pair other) {
            double sum = high + other.high;
            double part = sum - high;
            double error = (high - (sum - part)) + (other.high - part);
            return normal(sum, error + low + other.low);
        }

        Pair times(Pair other) {
            double product = high * other.high;
            double error = Math.fma(high, other.high, -product);
            return normal(product, error + high * other.low + low * other.high);
        }

        Pair over(Pair other) {
            double quotient = high / other.high;
            double rest = Math.fma(-quotient, other.high, high) + low - quotient * other.low;
            return normal(quotient, rest / other.high);
        }

        private static Pair normal(double high, double low) {
            double sum = high + low;
            return new Pair(sum, low - (sum - high));
        }
    }
}
