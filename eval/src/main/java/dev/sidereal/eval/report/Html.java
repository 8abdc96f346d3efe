package dev.sidereal.eval.report;

import dev.sidereal.eval.Decimals;
import java.util.Locale;

/** Text and numbers as they stand in a page. */
final class Html {
    private Html() {}

    /** {@return the text with everything escaped that means something in HTML or in a quoted attribute} */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) && !Character.isWhitespace(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }

    /** {@return a difference with its sign, a true minus for less than nothing} */
    static String signed(double difference) {
        String size = Decimals.four(Math.abs(difference));
        return size.equals("0.0000") ? "±" + size : (difference > 0 ? "+" : "\u2212") + size;
    }

    /** {@return a number that may be below zero, with a true minus} */
    static String number(double value) {
        return Decimals.four(value).replace('-', '\u2212');
    }

    /** {@return a p value with what is left of its precision, such as {@code 0.013} or {@code < 0.001}} */
    static String p(double p) {
        return p < 0.001 ? "&lt; 0.001" : Decimals.fixed(p, 3);
    }

    /** {@return a coordinate of a drawing} */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
