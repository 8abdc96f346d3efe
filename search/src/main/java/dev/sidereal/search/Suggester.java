package dev.sidereal.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.LongBitSet;

/**
 * Completes what is being typed from titles and headings: every whole word must be in one, the last may be a beginning.
 * Looks at each permitted passage that matches and at each different caption once. One thread, one call.
 */
final class Suggester {
    private static final int CHECK_MASK = 1023;

    /** Those that begin with what was typed, then the short ones. */
    private record Rank(boolean begins, String text) implements Comparable<Rank> {
        private static final Comparator<Rank> ORDER = Comparator.comparing((Rank rank) -> !rank.begins)
                .thenComparingInt(rank -> rank.text.length())
                .thenComparing(Rank::text);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final View view;
    private final Analyzer analyzer;

    Suggester(View view, Analyzer analyzer) {
        this.view = view;
        this.analyzer = analyzer;
    }

    List<Suggestion> suggest(String typed, int top) throws IOException {
        String lower = typed.strip().toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return List.of();
        }
        String last = lower.substring(lastWord(lower));
        Query query = view.restrict(words(lower, last), null);
        Weight weight = view.createWeight(view.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        TreeMap<Rank, String> best = new TreeMap<>();
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            Scorer scorer = weight.scorer(leaf);
            SortedDocValues captions = leaf.reader().getSortedDocValues(LuceneFields.CAPTION);
            if (scorer != null && captions != null) {
                collect(leaf, scorer.iterator(), captions, new Typed(lower, last), top, best);
            }
        }
        List<Suggestion> suggestions = new ArrayList<>();
        best.forEach((rank, id) -> suggestions.add(new Suggestion(rank.text(), id)));
        return suggestions;
    }

    /** What was typed, lower case, and its last word. */
    private record Typed(String all, String last) {}

    private void collect(
            LeafReaderContext leaf,
            DocIdSetIterator passages,
            SortedDocValues captions,
            Typed typed,
            int top,
            NavigableMap<Rank, String> best)
            throws IOException {
        LongBitSet seen = new LongBitSet(captions.getValueCount());
        int read = 0;
        for (int doc = passages.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = passages.nextDoc()) {
            if ((++read & CHECK_MASK) == 0) {
                view.deadline().check();
            }
            if (!captions.advanceExact(doc) || seen.getAndSet(captions.ordValue())) {
                continue;
            }
            for (String text : shown(Caption.read(captions.lookupOrd(captions.ordValue())), typed.last())) {
                Rank rank = new Rank(text.toLowerCase(Locale.ROOT).startsWith(typed.all()), text);
                if (best.size() < top || rank.compareTo(best.lastKey()) < 0) {
                    best.merge(rank, view.ids().id(leaf.docBase + doc), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                }
                if (best.size() > top) {
                    best.pollLastEntry();
                }
            }
        }
    }

    /** {@return title and heading, as far as they have the word; the heading, or else the title, if a stem matched} */
    private static Set<String> shown(Caption caption, String word) {
        Set<String> texts = new LinkedHashSet<>();
        for (String text : List.of(caption.title(), caption.heading())) {
            if (hasWord(text.toLowerCase(Locale.ROOT), word)) {
                texts.add(text);
            }
        }
        if (texts.isEmpty() && !caption.shown().isEmpty()) {
            texts.add(caption.shown());
        }
        return texts;
    }

    private static boolean hasWord(String text, String start) {
        for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    private static int lastWord(String text) {
        int at = text.length();
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private Query words(String typed, String last) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        Analysis.terms(analyzer, typed.substring(0, typed.length() - last.length()))
                .keySet()
                .forEach(term -> all.add(new TermQuery(title(term)), Occur.MUST));
        BooleanQuery.Builder beginning = new BooleanQuery.Builder().add(new PrefixQuery(title(last)), Occur.SHOULD);
        Analysis.terms(analyzer, last)
                .keySet()
                .forEach(term -> beginning.add(new TermQuery(title(term)), Occur.SHOULD));
        return all.add(beginning.build(), Occur.MUST).build();
    }

    private static Term title(String term) {
        return new Term(LuceneFields.TITLE, term);
    }
}
