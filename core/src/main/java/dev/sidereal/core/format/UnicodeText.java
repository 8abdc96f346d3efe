package dev.sidereal.core.format;

/** Tells whether a text can be written in UTF-8. */
final class UnicodeText {
    private UnicodeText() {}

    /** {@return false if there is a surrogate without its other half} */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
