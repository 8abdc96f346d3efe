package dev.sidereal.train.data;

import dev.sidereal.core.Item;
import dev.sidereal.core.Section;

/**
 * A text and what tells it from others.
 *
 * @param id equal for texts that count as one: a document's id, or the text itself where data has no ids
 * @param text not blank
 */
public record Text(String id, String text) {
    /** {@return an item as it is trained on: title, text, headings and texts of sections, with single spaces between} */
    public static Text of(Item item) {
        StringBuilder text = new StringBuilder(item.title());
        join(text, item.text());
        for (Section section : item.sections()) {
            join(text, section.heading());
            join(text, section.text());
        }
        return new Text(item.id(), text.toString());
    }

    private static void join(StringBuilder text, String more) {
        if (!more.isBlank()) {
            text.append(text.isEmpty() ? "" : " ").append(more);
        }
    }

    /** {@return a text that is its own id} */
    public static Text of(String text) {
        return new Text(text, text);
    }
}
