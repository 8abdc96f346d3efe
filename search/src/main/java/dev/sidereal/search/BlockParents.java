package dev.sidereal.search;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Which documents of a segment end a block, so which passages belong to one item. One bit a document. Thread-safe. */
final class BlockParents {
    private final Map<IndexReader.CacheKey, FixedBitSet> bySegment = new ConcurrentHashMap<>();

    /** {@return the last passages of this segment's items, deleted ones included} */
    FixedBitSet of(LeafReader reader) throws IOException {
        IndexReader.CacheHelper helper = reader.getCoreCacheHelper();
        FixedBitSet known = bySegment.get(helper.getKey());
        if (known != null) {
            return known;
        }
        FixedBitSet bits = new FixedBitSet(reader.maxDoc());
        PostingsEnum postings = reader.postings(new Term(LuceneFields.LAST, ""), PostingsEnum.NONE);
        if (postings != null) {
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                bits.set(doc);
            }
        }
        if (bySegment.putIfAbsent(helper.getKey(), bits) == null) {
            helper.addClosedListener(bySegment::remove);
        }
        return bits;
    }

    /** {@return the first passage of the block that ends at {@code last}} */
    static int first(FixedBitSet parents, int last) {
        return last == 0 ? 0 : parents.prevSetBit(last - 1) + 1;
    }
}
