package dev.sidereal.search;

import dev.sidereal.core.Encoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Vectors: the similarity of the query's vector and the best passage's. Few admitted passages are scanned exactly,
 * many are searched in the graph (HNSW, Malkov and Yashunin 2018) with the filter inside, wider and wider until k items
 * are found. Quantised vectors only find candidates; every score is of full precision. Thread-safe.
 */
final class DenseLeg implements Leg {
    static final String NAME = "dense";

    /** With a filter that admits less than this percentage, the graph search skips what the filter drops (ACORN). */
    private static final KnnSearchStrategy STRATEGY = new KnnSearchStrategy.Hnsw(60);

    /** Passages that tell the spread of similarities; a tenth of it moves nDCG@10 by .001. */
    private static final int SAMPLE = 1000;

    private final Encoder encoder;
    private final IndexSettings.Dense settings;

    DenseLeg(Encoder encoder, IndexSettings.Dense settings) {
        this.encoder = encoder;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<PassageHit> top(LegQuery query, int k) throws IOException {
        List<@Nullable FixedBitSet> admitted = query.view().admitted(query.filter());
        int passages = count(query.view(), admitted);
        if (passages <= settings.exactBelow()) {
            return scan(query, admitted, k);
        }
        for (int width = Math.max(settings.searchWidth(), 2 * k); width < passages; width *= 2) {
            List<PassageHit> found = searchGraph(query, width, k);
            if (found.size() == k) {
                return found;
            }
        }
        return scan(query, admitted, k);
    }

    @Override
    public List<PassageHit> score(LegQuery query, int[] parents) throws IOException {
        View view = query.view();
        TopItems top = new TopItems(Math.max(1, parents.length), view.ids());
        int next = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            VectorScorer scorer = null;
            FixedBitSet ends = view.parents(leaf);
            ItemGrouper grouper = new ItemGrouper(ends, leaf.docBase, top);
            for (; next < parents.length && parents[next] < end; next++) {
                scorer = scorer == null ? fullPrecision(leaf, query.vector(encoder)) : scorer;
                if (scorer == null) {
                    break;
                }
                view.deadline().check();
                int last = parents[next] - leaf.docBase;
                for (int doc = BlockParents.first(ends, last); doc <= last; doc++) {
                    if (scorer.iterator().advance(doc) == doc) {
                        grouper.add(doc, similarity(scorer.score()));
                    }
                }
            }
            grouper.finish();
        }
        return top.drain();
    }

    /** Mean and standard deviation of the similarity over the permitted passages, or a thousand of them if there are many. */
    @Override
    public Scale scale(LegQuery query) throws IOException {
        View view = query.view();
        int passages = count(view, view.admitted(null));
        int stride = passages <= 2 * SAMPLE ? 1 : view.getIndexReader().maxDoc() / SAMPLE;
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            view.deadline().check();
            VectorScorer scorer = fullPrecision(leaf, query.vector(encoder));
            FixedBitSet bits = view.permitted(leaf);
            int maxDoc = leaf.reader().maxDoc();
            for (int doc = next(bits, 0, maxDoc);
                    scorer != null && doc < maxDoc;
                    doc = next(bits, doc + stride, maxDoc)) {
                if (scorer.iterator().advance(doc) == doc) {
                    double similarity = similarity(scorer.score());
                    sum += similarity;
                    squares += similarity * similarity;
                    n++;
                }
            }
        }
        double mean = n == 0 ? 0 : sum / n;
        double variance = n == 0 ? 0 : squares / n - mean * mean;
        return new Scale(mean, variance > 1e-12 ? Math.sqrt(variance) : 1);
    }

    private static int next(@Nullable FixedBitSet bits, int from, int maxDoc) {
        if (from >= maxDoc) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        return bits == null ? from : bits.nextSetBit(from);
    }

    @Override
    public List<Explanation.Part> explain(LegQuery query, int passage) throws IOException {
        View view = query.view();
        LeafReaderContext leaf = view.leaf(passage);
        VectorScorer scorer = fullPrecision(leaf, query.vector(encoder));
        if (scorer == null || scorer.iterator().advance(passage - leaf.docBase) != passage - leaf.docBase) {
            return List.of();
        }
        return List.of(new Explanation.Part(
                (encoder.card().normalised() ? "cosine of query and passage, " : "inner product of query and passage, ")
                        + encoder.card().name(),
                similarity(scorer.score())));
    }

    /** Scores every admitted passage. Costs n * d multiply-adds. */
    private List<PassageHit> scan(LegQuery query, List<@Nullable FixedBitSet> admitted, int k) throws IOException {
        View view = query.view();
        TopItems top = new TopItems(k, view.ids());
        DocAndFloatFeatureBuffer buffer = new DocAndFloatFeatureBuffer();
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            VectorScorer scorer = fullPrecision(leaf, query.vector(encoder));
            if (scorer == null) {
                continue;
            }
            FixedBitSet bits = admitted.get(leaf.ord);
            VectorScorer.Bulk bulk = scorer.bulk(bits == null ? null : new BitSetIterator(bits, bits.cardinality()));
            ItemGrouper grouper = new ItemGrouper(view.parents(leaf), leaf.docBase, top);
            for (; ; ) {
                bulk.nextDocsAndScores(DocIdSetIterator.NO_MORE_DOCS, null, buffer);
                if (buffer.size == 0) {
                    break;
                }
                view.deadline().check();
                for (int i = 0; i < buffer.size; i++) {
                    grouper.add(buffer.docs[i], similarity(buffer.features[i]));
                }
            }
            grouper.finish();
        }
        return top.drain();
    }

    /** {@return at most k items out of the {@code width} nearest passages that the graph search finds} */
    private List<PassageHit> searchGraph(LegQuery query, int width, int k) throws IOException {
        View view = query.view();
        Query nearest = new KnnFloatVectorQuery(
                LuceneFields.VECTOR,
                query.vector(encoder),
                width,
                view.restrict(MatchAllDocsQuery.INSTANCE, query.filter()),
                STRATEGY);
        Map<Integer, PassageHit> best = new HashMap<>();
        ScoreDoc[] passages = view.search(nearest, width).scoreDocs;
        view.deadline().check();
        for (ScoreDoc passage : passages) {
            int parent = view.parent(passage.doc);
            best.merge(parent, new PassageHit(parent, passage.doc, similarity(passage.score)), PassageHit::better);
        }
        if (settings.quantised()) {
            int[] parents =
                    best.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
            return firstOf(score(query, parents), k);
        }
        TopItems top = new TopItems(k, view.ids());
        best.values().forEach(top::offer);
        return top.drain();
    }

    private static List<PassageHit> firstOf(List<PassageHit> hits, int k) {
        return hits.size() <= k ? hits : new ArrayList<>(hits.subList(0, k));
    }

    private @Nullable VectorScorer fullPrecision(LeafReaderContext leaf, float[] vector) throws IOException {
        FloatVectorValues values = leaf.reader().getFloatVectorValues(LuceneFields.VECTOR);
        return values == null || values.size() == 0 ? null : values.rescorer(vector);
    }

    private static int count(View view, List<@Nullable FixedBitSet> admitted) {
        int count = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            FixedBitSet bits = admitted.get(leaf.ord);
            count += bits == null ? leaf.reader().maxDoc() : bits.cardinality();
        }
        return count;
    }

    /** Undoes Lucene's mapping of similarities to positive scores. */
    private float similarity(float score) {
        if (encoder.card().normalised()) {
            return 2 * score - 1;
        }
        return score < 1 ? 1 - 1 / score : score - 1;
    }
}
