package dev.sidereal.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as trec_eval prints them. {@code String.format} rounds halves up, C's {@code printf} rounds the exact binary
 * value, halves to even: 1/32 is 0.0312 here and in trec_eval, 0.0313 with {@code String.format}.
 */
public final class Decimals {
    private Decimals() {}

    /** {@return the value with four decimals} */
    public static String four(double value) {
        return fixed(value, 4);
    }

    /** {@return the finite value with this many decimals, as C's {@code %.nf}} */
    public static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
}
