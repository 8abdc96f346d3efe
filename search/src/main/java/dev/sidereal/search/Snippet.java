package dev.sidereal.search;

import java.util.List;

/**
 * A short piece of a passage with the query's words marked.
 *
 * @param text the piece
 * @param marks where the words are, ascending and apart
 */
public record Snippet(String text, List<Mark> marks) {
    public Snippet {
        marks = List.copyOf(marks);
    }

    /**
     * A marked stretch in UTF-16 units.
     *
     * @param start first unit
     * @param end after the last
     */
    public record Mark(int start, int end) {}

    /** {@return the text with each mark between two strings} */
    public String marked(String before, String after) {
        StringBuilder marked = new StringBuilder();
        int from = 0;
        for (Mark mark : marks) {
            marked.append(text, from, mark.start())
                    .append(before)
                    .append(text, mark.start(), mark.end())
                    .append(after);
            from = mark.end();
        }
        return marked.append(text, from, text.length()).toString();
    }
}
