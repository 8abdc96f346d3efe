package dev.sidereal.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** Matches all passages of given items of one view. */
final class PassagesOfItems extends Query {
    private final View view;
    private final int[] parents;

    /** @param parents Lucene numbers of last passages, ascending */
    PassagesOfItems(View view, int[] parents) {
        this.view = view;
        this.parents = parents;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
                FixedBitSet bits = bits(leaf);
                return bits == null
                        ? null
                        : ConstantScoreScorerSupplier.fromIterator(
                                new BitSetIterator(bits, bits.cardinality()),
                                score(),
                                scoreMode,
                                leaf.reader().maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    private @Nullable FixedBitSet bits(LeafReaderContext leaf) throws IOException {
        int from = at(leaf.docBase);
        int to = at(leaf.docBase + leaf.reader().maxDoc());
        if (from == to) {
            return null;
        }
        FixedBitSet ends = view.parents(leaf);
        FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
        for (int i = from; i < to; i++) {
            int last = parents[i] - leaf.docBase;
            bits.set(BlockParents.first(ends, last), last + 1);
        }
        return bits;
    }

    private int at(int doc) {
        int at = Arrays.binarySearch(parents, doc);
        return at < 0 ? -at - 1 : at;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "passages of " + parents.length + " items";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PassagesOfItems q && q.view == view && Arrays.equals(q.parents, parents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parents);
    }
}
