package dev.sidereal.search;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * One reader as one principal sees it: forbidden and deleted documents are neither found nor counted in any statistic.
 * All legs, facets, counts and explanations of one call work on one view. Thread-safe.
 */
final class View extends IndexSearcher {
    private final List<PermittedDocs> permitted = new ArrayList<>();
    private final BlockParents parents;
    private final ItemIds ids;
    private final Query permittedQuery;
    private final Deadline deadline;

    View(
            IndexReader reader,
            Principal principal,
            Similarity similarity,
            PermittedDocsCache cache,
            BlockParents parents,
            Deadline deadline)
            throws IOException {
        super(reader);
        setSimilarity(similarity);
        this.deadline = deadline;
        if (deadline.bounded()) {
            setTimeout(deadline::expired);
        }
        this.parents = parents;
        this.ids = new ItemIds(getLeafContexts());
        boolean everything = true;
        for (LeafReaderContext leaf : getLeafContexts()) {
            PermittedDocs docs = cache.of(leaf.reader(), principal);
            everything &= docs.bits() == null;
            permitted.add(docs);
        }
        this.permittedQuery = everything ? MatchAllDocsQuery.INSTANCE : new PermittedQuery(this);
    }

    /** {@return until when the caller waits} */
    Deadline deadline() {
        return deadline;
    }

    /** Lucene ends a search at the timeout with what it has; a torn answer is not an answer. */
    @Override
    protected void search(LeafReaderContextPartition[] partitions, Weight weight, Collector collector)
            throws IOException {
        super.search(partitions, weight, collector);
        deadline.check();
    }

    /** {@return the query restricted to what the principal may read and the filter admits; scores are the query's} */
    Query restrict(Query query, @Nullable Query filter) {
        if (filter == null && permittedQuery.equals(MatchAllDocsQuery.INSTANCE)) {
            return query;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(query, BooleanClause.Occur.MUST);
        all.add(permittedQuery, BooleanClause.Occur.FILTER);
        if (filter != null) {
            all.add(filter, BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    /** {@return per segment the documents that are permitted and match the filter; null entries mean all} */
    List<@Nullable FixedBitSet> admitted(@Nullable Query filter) throws IOException {
        List<@Nullable FixedBitSet> admitted = new ArrayList<>();
        Weight weight = filter == null
                ? null
                : createWeight(rewrite(new ConstantScoreQuery(filter)), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : getLeafContexts()) {
            FixedBitSet bits = permitted.get(leaf.ord).bits();
            if (weight == null) {
                admitted.add(bits);
                continue;
            }
            FixedBitSet matching = new FixedBitSet(leaf.reader().maxDoc());
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                matching.or(scorer.iterator());
            }
            if (bits != null) {
                matching.and(bits);
            }
            admitted.add(matching);
        }
        return admitted;
    }

    /** {@return the last passages of a segment's items} */
    FixedBitSet parents(LeafReaderContext leaf) throws IOException {
        return parents.of(leaf.reader());
    }

    /** {@return the last passage of the item that this passage belongs to} */
    int parent(int passage) throws IOException {
        LeafReaderContext leaf = leaf(passage);
        return leaf.docBase + parents(leaf).nextSetBit(passage - leaf.docBase);
    }

    /** {@return the first passage of the item whose last one is given} */
    int first(int parent) throws IOException {
        LeafReaderContext leaf = leaf(parent);
        return leaf.docBase + BlockParents.first(parents(leaf), parent - leaf.docBase);
    }

    /** {@return a leg's hit as callers see it} */
    Hit hit(PassageHit hit, double score, List<Hit.LegScore> legs) {
        try {
            return new Hit(ids.id(hit.parent()), score, hit.passage() - first(hit.parent()), legs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the segment that holds a document} */
    LeafReaderContext leaf(int doc) {
        return getLeafContexts().get(ReaderUtil.subIndex(doc, getLeafContexts()));
    }

    /** {@return the ids of this view's items} */
    ItemIds ids() {
        return ids;
    }

    @Nullable
    FixedBitSet permitted(LeafReaderContext leaf) {
        return permitted.get(leaf.ord).bits();
    }

    /** {@return the inverse document frequency of a term among what the principal may read} */
    double idf(Term term) throws IOException {
        return Bm25.idf(counts(term).docFreq(), lengths(term.field()).docCount());
    }

    /** Lucene wants one document at least; where none is permitted, none is found and the figures do not matter. */
    @Override
    public CollectionStatistics collectionStatistics(String field) throws IOException {
        PermittedDocs.Lengths lengths = lengths(field);
        long atLeastOne = Math.max(1, lengths.docCount());
        return new CollectionStatistics(field, atLeastOne, atLeastOne, Math.max(1, lengths.sum()), atLeastOne);
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) throws IOException {
        PermittedDocs.TermCounts counts = counts(term);
        return new TermStatistics(term.bytes(), Math.max(1, counts.docFreq()), Math.max(1, counts.totalTermFreq()));
    }

    private PermittedDocs.Lengths lengths(String field) throws IOException {
        long docCount = 0;
        long sum = 0;
        for (PermittedDocs docs : permitted) {
            PermittedDocs.Lengths lengths = docs.lengths(field);
            docCount += lengths.docCount();
            sum += lengths.sum();
        }
        return new PermittedDocs.Lengths(docCount, sum);
    }

    private PermittedDocs.TermCounts counts(Term term) throws IOException {
        long docFreq = 0;
        long total = 0;
        for (PermittedDocs docs : permitted) {
            PermittedDocs.TermCounts counts = docs.counts(term);
            docFreq += counts.docFreq();
            total += counts.totalTermFreq();
        }
        return new PermittedDocs.TermCounts(docFreq, total);
    }
}
