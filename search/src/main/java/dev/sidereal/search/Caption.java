package dev.sidereal.search;

import org.apache.lucene.util.BytesRef;

/**
 * Title and heading of a passage as they are kept for suggestions, long ones cut.
 *
 * @param title of the item
 * @param heading of the passage, may be empty
 */
record Caption(String title, String heading) {
    private static final int MAX_CHARS = 200;
    private static final char BETWEEN = '\u001f';

    static BytesRef of(Passage passage) {
        return new BytesRef(cut(passage.title()) + BETWEEN + cut(passage.heading()));
    }

    static Caption read(BytesRef bytes) {
        String both = bytes.utf8ToString();
        int between = both.indexOf(BETWEEN);
        return new Caption(both.substring(0, between), both.substring(between + 1));
    }

    /** {@return what a suggestion shows} */
    String shown() {
        return heading.isEmpty() ? title : heading;
    }

    private static String cut(String text) {
        String clean = text.replace(BETWEEN, ' ').strip();
        if (clean.length() <= MAX_CHARS) {
            return clean;
        }
        boolean splits = Character.isHighSurrogate(clean.charAt(MAX_CHARS - 1));
        return clean.substring(0, splits ? MAX_CHARS - 1 : MAX_CHARS);
    }
}
