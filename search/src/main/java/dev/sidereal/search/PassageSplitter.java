package dev.sidereal.search;

import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits items into passages: one a section, and a text longer than the limit into pieces that end at a paragraph, a
 * sentence or at least a word. Deterministic, so that a passage can be found again from its item and ordinal.
 * Thread-safe.
 *
 * @param maxChars limit of a piece in UTF-16 units, at least 200
 */
public record PassageSplitter(int maxChars) {
    public PassageSplitter {
        if (maxChars < 200) {
            throw new IllegalArgumentException("a passage must be allowed 200 characters at least, got " + maxChars);
        }
    }

    /** {@return the passages of an item, never none} */
    public List<Passage> split(Item item) {
        List<Passage> passages = new ArrayList<>();
        if (!item.text().isBlank() || item.sections().isEmpty()) {
            add(passages, item.title(), "", item.text());
        }
        for (Section section : item.sections()) {
            add(passages, item.title(), section.heading(), section.text());
        }
        return passages;
    }

    private void add(List<Passage> passages, String title, String heading, String text) {
        int start = 0;
        while (text.length() - start > maxChars) {
            int end = breakBefore(text, start, start + maxChars);
            passages.add(new Passage(
                    passages.size(), title, heading, text.substring(start, end).strip()));
            start = end;
        }
        passages.add(new Passage(
                passages.size(), title, heading, text.substring(start).strip()));
    }

    /** The best place to cut in the second half of {@code [start, limit)}. */
    private static int breakBefore(String text, int start, int limit) {
        int half = start + (limit - start) / 2;
        int paragraph = text.lastIndexOf("\n\n", limit - 2);
        if (paragraph >= half) {
            return paragraph + 2;
        }
        int sentence = lastBoundary(BreakIterator.getSentenceInstance(Locale.ROOT), text, limit);
        if (sentence > half) {
            return sentence;
        }
        int word = lastBoundary(BreakIterator.getWordInstance(Locale.ROOT), text, limit);
        int cut = word > half ? word : limit;
        return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
    }

    private static int lastBoundary(BreakIterator breaks, String text, int limit) {
        int from = Math.max(0, limit - 2000);
        breaks.setText(text.substring(from, Math.min(text.length(), limit + 100)));
        int boundary = breaks.preceding(limit - from + 1);
        return boundary == BreakIterator.DONE ? 0 : from + boundary;
    }
}
