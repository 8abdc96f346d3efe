package dev.sidereal.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** Cuts the most telling sentence out of a text and marks the query's words in it. Thread-safe. */
final class Snippets {
    private static final int MAX_CHARS = 320;

    private final Analyzer analyzer;

    Snippets(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** {@return the best sentence, or the beginning of the text if no word of the query is in it} */
    Snippet of(String text, Query words) {
        if (text.isBlank()) {
            return new Snippet("", List.of());
        }
        UnifiedHighlighter highlighter = new UnifiedHighlighter(
                UnifiedHighlighter.builderWithoutSearcher(analyzer).withFormatter(new Formatter()));
        try {
            Object found = highlighter.highlightWithoutSearcher(LuceneFields.TEXT, words, text, 1);
            return found instanceof Snippet snippet ? snippet : new Snippet(cut(text, 0, text.length()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cut(String text, int start, int end) {
        return text.substring(start, Math.min(end, start + MAX_CHARS)).strip();
    }

    /** Makes a {@link Snippet} of the best sentence. */
    private static final class Formatter extends PassageFormatter {
        @Override
        public Snippet format(org.apache.lucene.search.uhighlight.Passage[] passages, String content) {
            var best = passages[0];
            int from = best.getStartOffset();
            while (from < best.getEndOffset() && Character.isWhitespace(content.charAt(from))) {
                from++;
            }
            String text = cut(content, from, best.getEndOffset());
            List<Snippet.Mark> marks = new ArrayList<>();
            int after = 0;
            for (int i = 0; i < best.getNumMatches(); i++) {
                int start = Math.max(after, best.getMatchStarts()[i] - from);
                int end = Math.min(text.length(), best.getMatchEnds()[i] - from);
                if (start < end) {
                    marks.add(new Snippet.Mark(start, end));
                    after = end;
                }
            }
            return new Snippet(text, marks);
        }
    }
}
