package dev.sidereal.server.frame;

/** Foreign text in our sentences. */
public final class Text {
    private static final int MAX_CHARS = 80;

    private Text() {}

    /** {@return the text, long ones cut, control characters as blanks} */
    public static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS) + "...";
    }
}
