package dev.sidereal.search;

/**
 * The unit that legs score: a section of an item, a piece of a long text, or the whole of a short one.
 *
 * @param ordinal position in the item, from 0
 * @param title the item's title
 * @param heading the section's heading, may be empty
 * @param text the piece itself
 */
public record Passage(int ordinal, String title, String heading, String text) {
    /** {@return title and heading, joined by a blank} */
    public String caption() {
        return join(title, heading);
    }

    /** {@return all words of the passage: title, heading and text, as both legs read them} */
    public String full() {
        return join(caption(), text);
    }

    private static String join(String a, String b) {
        return a.isEmpty() ? b : b.isEmpty() ? a : a + " " + b;
    }
}
