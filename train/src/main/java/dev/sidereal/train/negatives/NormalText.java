package dev.sidereal.train.negatives;

import dev.sidereal.core.format.TextHash;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts without what does not change their meaning, for comparison. Thread-safe. */
public final class NormalText {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private NormalText() {}

    /** {@return the text in lower case with single spaces} */
    public static String of(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** {@return hash of the normal text} */
    public static long hash(String text) {
        return TextHash.of(of(text));
    }
}
