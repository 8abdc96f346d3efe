package dev.sidereal.search;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;

/** Counts matching items, in all and by value of a field. Only what the principal may read counts. */
final class ItemCounter {
    /** The deadline is looked at once so many items, plus one. */
    private static final int CHECK_MASK = 1023;

    private final View view;
    private final Weight matching;

    /** @param matching a query over passages, already restricted to the view */
    ItemCounter(View view, Query matching) throws IOException {
        this.view = view;
        this.matching = view.createWeight(view.rewrite(matching), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    long count() throws IOException {
        long count = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            count += items(leaf).cardinality();
        }
        return count;
    }

    /**
     * Counts the values of a keyword, set or boolean field.
     *
     * @throws BadInput if the field is unknown or has another type
     */
    Facet facet(String field, Schema schema, int top) throws IOException {
        FieldType type = schema.type(field);
        if (type == FieldType.NUMBER || type == FieldType.DATE) {
            throw new BadInput("field '" + field + "' is a " + type.label()
                    + "; facets count the values of keyword, set and boolean fields");
        }
        Map<String, Long> counts = new HashMap<>();
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            add(leaf, LuceneFields.typed(field), counts);
        }
        List<Facet.Count> values = new ArrayList<>();
        counts.forEach((value, items) -> values.add(new Facet.Count(value, items)));
        values.sort(Comparator.comparingLong(Facet.Count::items).reversed().thenComparing(Facet.Count::value));
        return new Facet(field, values.subList(0, Math.min(top, values.size())));
    }

    private void add(LeafReaderContext leaf, String field, Map<String, Long> counts) throws IOException {
        SortedSetDocValues values = leaf.reader().getSortedSetDocValues(field);
        if (values == null) {
            return;
        }
        FixedBitSet items = items(leaf);
        long[] byOrdinal = new long[Math.toIntExact(values.getValueCount())];
        for (int doc = values.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values.nextDoc()) {
            if (items.get(doc)) {
                for (int i = 0; i < values.docValueCount(); i++) {
                    byOrdinal[(int) values.nextOrd()]++;
                }
            }
        }
        for (int ordinal = 0; ordinal < byOrdinal.length; ordinal++) {
            if (byOrdinal[ordinal] > 0) {
                counts.merge(values.lookupOrd(ordinal).utf8ToString(), byOrdinal[ordinal], Long::sum);
            }
        }
    }

    /** {@return the last passages of the items of which some passage matches} */
    private FixedBitSet items(LeafReaderContext leaf) throws IOException {
        FixedBitSet parents = view.parents(leaf);
        FixedBitSet items = new FixedBitSet(leaf.reader().maxDoc());
        Scorer scorer = matching.scorer(leaf);
        if (scorer == null) {
            return items;
        }
        DocIdSetIterator passages = scorer.iterator();
        int doc = passages.nextDoc();
        int seen = 0;
        while (doc != DocIdSetIterator.NO_MORE_DOCS) {
            if ((++seen & CHECK_MASK) == 0) {
                view.deadline().check();
            }
            int parent = parents.nextSetBit(doc);
            items.set(parent);
            doc = parent + 1 < leaf.reader().maxDoc() ? passages.advance(parent + 1) : DocIdSetIterator.NO_MORE_DOCS;
        }
        return items;
    }
}
