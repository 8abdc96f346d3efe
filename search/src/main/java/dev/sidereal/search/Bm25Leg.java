package dev.sidereal.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Words: the sum of BM25 over the query's terms, any of which may match. Passages are scored as one text of title,
 * heading and body; a title weight above zero adds the score of title and heading alone. Thread-safe.
 */
final class Bm25Leg implements Leg {
    static final String NAME = "bm25";

    private final Analyzer analyzer;
    private final float titleWeight;

    Bm25Leg(Analyzer analyzer, float titleWeight) {
        this.analyzer = analyzer;
        this.titleWeight = titleWeight;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<PassageHit> top(LegQuery query, int k) throws IOException {
        View view = query.view();
        Query words = view.restrict(words(query.text()), query.filter());
        TopItems top = new TopItems(k, view.ids());
        return view.search(words, TopItemsCollector.manager(view, top)).drain();
    }

    @Override
    public List<PassageHit> score(LegQuery query, int[] parents) throws IOException {
        View view = query.view();
        Query words = view.restrict(words(query.text()), new PassagesOfItems(view, parents));
        TopItems top = new TopItems(Math.max(1, parents.length), view.ids());
        return view.search(words, TopItemsCollector.manager(view, top)).drain();
    }

    /** The unit is the most that the query's words can give: a word's score tends to its weight times its idf. */
    @Override
    public Scale scale(LegQuery query) throws IOException {
        double most = 0;
        for (Map.Entry<String, Integer> term :
                Analysis.terms(analyzer, query.text()).entrySet()) {
            most += term.getValue() * query.view().idf(new Term(LuceneFields.TEXT, term.getKey()));
            if (titleWeight > 0) {
                most += term.getValue() * titleWeight * query.view().idf(new Term(LuceneFields.TITLE, term.getKey()));
            }
        }
        return new Scale(0, most > 0 ? most : 1);
    }

    @Override
    public List<Explanation.Part> explain(LegQuery query, int passage) throws IOException {
        List<Explanation.Part> parts = new ArrayList<>();
        Map<String, String> written = Analysis.asWritten(analyzer, query.text());
        for (Map.Entry<String, Integer> term :
                Analysis.terms(analyzer, query.text()).entrySet()) {
            BooleanQuery.Builder one = new BooleanQuery.Builder();
            add(one, term.getKey(), term.getValue());
            org.apache.lucene.search.Explanation score = query.view().explain(one.build(), passage);
            if (score.isMatch()) {
                String word = written.getOrDefault(term.getKey(), term.getKey());
                parts.add(new Explanation.Part(word, score.getValue().doubleValue()));
            }
        }
        parts.sort((a, b) -> Double.compare(b.score(), a.score()));
        return parts;
    }

    /** {@return the query's terms as Lucene sees them} */
    Query words(String text) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        Analysis.terms(analyzer, text).forEach((term, count) -> add(any, term, count));
        return any.build();
    }

    private void add(BooleanQuery.Builder any, String term, int count) {
        any.add(weighted(LuceneFields.TEXT, term, count), Occur.SHOULD);
        if (titleWeight > 0) {
            any.add(weighted(LuceneFields.TITLE, term, count * titleWeight), Occur.SHOULD);
        }
    }

    private static Query weighted(String field, String term, float weight) {
        Query query = new TermQuery(new Term(field, term));
        return weight == 1 ? query : new BoostQuery(query, weight);
    }
}
