package dev.sidereal.train.data;

/**
 * A text and what tells it from others.
 *
 * @param id equal for texts that count as one: a document's id, or the text itself where data has no ids
 * @param text not blank
 */
public record Text(String id, String text) {
    /** {@return a text that is its own id} */
    public static Text of(String text) {
        return new Text(text, text);
    }
}
