package dev.sidereal.search;

import dev.sidereal.core.Encoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
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

    /** Items beyond the k-th whose graph scores may differ from their exact ones by a rounding. */
    private static final int SLACK = 8;

    /** Passages scored at a time. */
    private static final int CHUNK = 512;

    private final Encoder encoder;
    private final IndexSettings.Dense settings;
    private final boolean normalised;

    DenseLeg(Encoder encoder, IndexSettings.Dense settings) {
        this.encoder = encoder;
        this.settings = settings;
        this.normalised = encoder.card().normalised();
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
            List<PassageHit> found = score(query, searchGraph(query, admitted, width, k));
            if (found.size() >= k) {
                return new ArrayList<>(found.subList(0, k));
            }
        }
        return scan(query, admitted, k);
    }

    @Override
    public List<PassageHit> score(LegQuery query, int[] parents) throws IOException {
        View view = query.view();
        TopItems top = new TopItems(Math.max(1, parents.length), view.ids());
        float[] scores = new float[CHUNK];
        int next = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            if (next == parents.length || parents[next] >= end) {
                continue;
            }
            PassageVectors vectors = PassageVectors.of(leaf.reader());
            FixedBitSet ends = view.parents(leaf);
            ItemGrouper grouper = new ItemGrouper(ends, leaf.docBase, top);
            for (; next < parents.length && parents[next] < end; next++) {
                int last = parents[next] - leaf.docBase;
                if (vectors != null) {
                    add(vectors, query, BlockParents.first(ends, last), last + 1, scores, grouper);
                }
            }
            grouper.finish();
        }
        return top.drain();
    }

    /** Scores the passages {@code [from, to)} of a segment. */
    private void add(PassageVectors vectors, LegQuery query, int from, int to, float[] scores, ItemGrouper grouper)
            throws IOException {
        float[] asked = query.vector(encoder);
        for (int first = from; first < to; first += CHUNK) {
            int count = Math.min(CHUNK, to - first);
            query.view().deadline().check();
            vectors.dot(asked, first, count, scores);
            for (int i = 0; i < count; i++) {
                grouper.add(first + i, scores[i]);
            }
        }
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
        float[] score = new float[1];
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            view.deadline().check();
            PassageVectors vectors = PassageVectors.of(leaf.reader());
            FixedBitSet bits = view.permitted(leaf);
            int maxDoc = leaf.reader().maxDoc();
            for (int doc = next(bits, 0, maxDoc);
                    vectors != null && doc < maxDoc;
                    doc = next(bits, doc + stride, maxDoc)) {
                vectors.dot(query.vector(encoder), doc, 1, score);
                sum += score[0];
                squares += (double) score[0] * score[0];
                n++;
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
        LeafReaderContext leaf = query.view().leaf(passage);
        PassageVectors vectors = PassageVectors.of(leaf.reader());
        if (vectors == null) {
            return List.of();
        }
        float[] score = new float[1];
        vectors.dot(query.vector(encoder), passage - leaf.docBase, 1, score);
        String what = (normalised ? "cosine" : "inner product") + " of query and passage, ";
        return List.of(new Explanation.Part(what + encoder.card().name(), score[0]));
    }

    /** Scores every admitted passage. Costs n * d multiply-adds; reads 4 * n * d bytes once. */
    private List<PassageHit> scan(LegQuery query, List<@Nullable FixedBitSet> admitted, int k) throws IOException {
        View view = query.view();
        TopItems top = new TopItems(k, view.ids());
        float[] scores = new float[CHUNK];
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            PassageVectors vectors = PassageVectors.of(leaf.reader());
            if (vectors == null) {
                continue;
            }
            FixedBitSet bits = admitted.get(leaf.ord);
            int maxDoc = leaf.reader().maxDoc();
            ItemGrouper grouper = new ItemGrouper(view.parents(leaf), leaf.docBase, top);
            for (int from = next(bits, 0, maxDoc); from < maxDoc; ) {
                int to = bits == null ? maxDoc : Math.min(maxDoc, bits.nextClearBit(from, maxDoc));
                add(vectors, query, from, to, scores, grouper);
                from = next(bits, to, maxDoc);
            }
            grouper.finish();
        }
        return top.drain();
    }

    /**
     * {@return the items of the {@code width} nearest passages that the graph search finds, ascending; as many as can be
     * among the best k when scored exactly}
     */
    private int[] searchGraph(LegQuery query, List<@Nullable FixedBitSet> admitted, int width, int k)
            throws IOException {
        Set<Integer> parents = new TreeSet<>();
        int enough = settings.quantised() ? Integer.MAX_VALUE : k + SLACK;
        for (ScoreDoc passage : nearest(query, admitted, width)) {
            if (parents.size() < enough) {
                parents.add(query.view().parent(passage.doc));
            }
        }
        return parents.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@return passages, best first; one segment that is admitted as a whole is asked without a detour} */
    private ScoreDoc[] nearest(LegQuery query, List<@Nullable FixedBitSet> admitted, int width) throws IOException {
        View view = query.view();
        boolean all = admitted.stream().allMatch(Objects::isNull);
        if (all && admitted.size() == 1) {
            LeafReader segment = view.getLeafContexts().getFirst().reader();
            TopKnnCollector nearest = new TopKnnCollector(width, Integer.MAX_VALUE, STRATEGY);
            segment.searchNearestVectors(
                    LuceneFields.VECTOR,
                    query.vector(encoder),
                    nearest,
                    AcceptDocs.fromLiveDocs(null, segment.maxDoc()));
            return nearest.topDocs().scoreDocs;
        }
        Query filter = all ? null : view.restrict(MatchAllDocsQuery.INSTANCE, query.filter());
        Query nearest = new KnnFloatVectorQuery(LuceneFields.VECTOR, query.vector(encoder), width, filter, STRATEGY);
        return view.search(nearest, width).scoreDocs;
    }

    private static int count(View view, List<@Nullable FixedBitSet> admitted) {
        int count = 0;
        for (LeafReaderContext leaf : view.getLeafContexts()) {
            FixedBitSet bits = admitted.get(leaf.ord);
            count += bits == null ? leaf.reader().maxDoc() : bits.cardinality();
        }
        return count;
    }
}
