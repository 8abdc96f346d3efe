package dev.sidereal.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Matches what the principal of one {@link View} may read. Never cached: it is a set of bits already. */
final class PermittedQuery extends Query {
    private final View view;

    PermittedQuery(View view) {
        this.view = view;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                FixedBitSet bits = view.permitted(leaf);
                int maxDoc = leaf.reader().maxDoc();
                DocIdSetIterator iterator =
                        bits == null ? DocIdSetIterator.all(maxDoc) : new BitSetIterator(bits, bits.cardinality());
                return ConstantScoreScorerSupplier.fromIterator(iterator, score(), scoreMode, maxDoc);
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "permitted";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PermittedQuery q && q.view == view;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(view);
    }
}
