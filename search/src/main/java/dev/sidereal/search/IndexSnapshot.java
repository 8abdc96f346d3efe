package dev.sidereal.search;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * An index at one moment, as one principal sees it: all calls answer from the same state. Close it soon, it holds
 * files open. Thread-safe.
 */
public final class IndexSnapshot implements AutoCloseable {
    private final View view;
    private final Schema schema;
    private final CalibratedSum fusion;
    private final LegSet legs;
    private final PassageSplitter splitter;
    private final Runnable release;

    IndexSnapshot(
            View view, Schema schema, CalibratedSum fusion, LegSet legs, PassageSplitter splitter, Runnable release) {
        this.view = view;
        this.schema = schema;
        this.fusion = fusion;
        this.legs = legs;
        this.splitter = splitter;
        this.release = release;
    }

    /**
     * Finds items.
     *
     * @param text what is asked
     * @param k how many at most; fewer come only if fewer match
     * @param filter which items are considered
     * @param blend which legs answer
     * @return best first, ties by id ascending
     * @throws BadInput if the filter does not fit the schema
     * @throws BadConfig if the index has no such leg
     */
    public List<Hit> search(String text, int k, Filter filter, Blend blend) {
        return io(() -> new FusedSearch(legs.of(blend), blend).run(query(text, filter), k));
    }

    /**
     * {@return why these hits were found, in their order}
     *
     * @param hits of this text, filter and blend in this snapshot
     */
    public List<Explanation> explain(String text, Filter filter, Blend blend, List<Hit> hits) {
        return io(() -> {
            LegQuery query = query(text, filter);
            List<Explanation> explanations = new ArrayList<>();
            for (Hit hit : hits) {
                view.deadline().check();
                explanations.add(explain(query, legs.of(blend), hit));
            }
            return explanations;
        });
    }

    /** {@return the fusion that was fitted for the index, the default one if none was} */
    public CalibratedSum fusion() {
        return fusion;
    }

    /** {@return the fields of the index with their types} */
    public Schema schema() {
        return schema;
    }

    /** {@return the item, if there is one that the principal may read} */
    public Optional<Item> item(String id) {
        return io(() -> {
            int parent = parent(id);
            return parent < 0 ? Optional.empty() : Optional.of(StoredItem.read(view, parent, schema));
        });
    }

    /** {@return the passages of an item, as legs score them} */
    public List<Passage> passages(Item item) {
        return splitter.split(item);
    }

    /** {@return a passage of an item, as {@link Hit#passage} numbers them} */
    public Passage passage(Item item, int ordinal) {
        return splitter.split(item).get(ordinal);
    }

    /** {@return the most telling sentence of a passage, the query's words marked} */
    public Snippet snippet(Passage passage, String text) {
        return legs.snippet(passage.text(), text);
    }

    /** {@return how many passages the principal may read} */
    public long passages() {
        return io(() -> (long) view.count(view.restrict(MatchAllDocsQuery.INSTANCE, null)));
    }

    /**
     * {@return how many items the principal may read, the filter admits and, if there is a text, share a word with it}
     *
     * @param text may be empty
     */
    public long count(String text, Filter filter) {
        return io(() -> counter(text, filter).count());
    }

    /**
     * Counts values of fields over the items that {@link #count} counts.
     *
     * @param fields of type keyword, set or boolean
     * @param top how many values a field at most
     * @throws BadInput if a field is unknown or of another type
     */
    public List<Facet> facets(String text, Filter filter, Collection<String> fields, int top) {
        return io(() -> {
            ItemCounter counter = counter(text, filter);
            List<Facet> facets = new ArrayList<>();
            for (String field : fields) {
                facets.add(counter.facet(field, schema, top));
            }
            return facets;
        });
    }

    /**
     * {@return completions of what is being typed, from the titles and headings that the principal may read: those
     * that begin with it first, then short before long}
     *
     * @param typed the last word may be incomplete
     * @param top how many at most
     */
    public List<Suggestion> suggest(String typed, int top) {
        return io(() -> new Suggester(view, legs.analyzer()).suggest(typed, top));
    }

    @Override
    public void close() {
        release.run();
    }

    private LegQuery query(String text, Filter filter) {
        return new LegQuery(view, text, FilterCompiler.compile(filter, schema));
    }

    private ItemCounter counter(String text, Filter filter) throws IOException {
        Query words = text.isBlank() ? MatchAllDocsQuery.INSTANCE : legs.words(text);
        return new ItemCounter(view, view.restrict(words, FilterCompiler.compile(filter, schema)));
    }

    private Explanation explain(LegQuery query, List<Leg> asked, Hit hit) throws IOException {
        int parent = parent(hit.id());
        if (parent < 0) {
            throw new BadInput("there is no item '" + hit.id() + "' to explain");
        }
        List<Passage> passages = splitter.split(StoredItem.read(view, parent, schema));
        int first = view.first(parent);
        List<Explanation.Leg> parts = new ArrayList<>();
        for (Leg leg : asked) {
            for (PassageHit best : leg.score(query, new int[] {parent})) {
                Hit.LegScore score = hit.legs().stream()
                        .filter(s -> s.leg().equals(leg.name()))
                        .findFirst()
                        .orElse(new Hit.LegScore(leg.name(), 0, best.score(), 0));
                parts.add(new Explanation.Leg(
                        leg.name(),
                        score.rank(),
                        best.score(),
                        score.contribution(),
                        passages.get(best.passage() - first),
                        leg.explain(query, best.passage())));
            }
        }
        return new Explanation(hit.id(), hit.score(), parts);
    }

    /** {@return the Lucene number of the last passage of an item, or -1 if there is none to be read} */
    private int parent(String id) throws IOException {
        Query term = new ConstantScoreQuery(new TermQuery(new Term(LuceneFields.ID, id)));
        TopItems one = new TopItems(1, view.ids());
        List<PassageHit> found = view.search(view.restrict(term, null), TopItemsCollector.manager(view, one))
                .drain();
        return found.isEmpty() ? -1 : found.getFirst().parent();
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T io(Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
