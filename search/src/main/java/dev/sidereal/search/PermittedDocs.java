package dev.sidereal.search;

import dev.sidereal.core.Principal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one principal may read of one segment, with the statistics of just that part: a score must not depend on
 * documents that the principal cannot see, nor on deleted ones. Immutable apart from its memory of document
 * frequencies; thread-safe.
 */
final class PermittedDocs {
    private static final int REMEMBERED_TERMS = 4096;

    private final LeafReader reader;
    /** Null if every document of the segment is live and readable. */
    private final @Nullable FixedBitSet bits;

    private final Map<String, Lengths> lengths = new LinkedHashMap<>();
    private final Map<Term, TermCounts> terms = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Term, TermCounts> eldest) {
            return size() > REMEMBERED_TERMS;
        }
    };

    /** Number of documents that have a field, and the sum of its lengths over them. */
    record Lengths(long docCount, long sum) {}

    /** Number of documents that have a term, and of its occurrences. */
    record TermCounts(long docFreq, long totalTermFreq) {}

    private PermittedDocs(LeafReader reader, @Nullable FixedBitSet bits) {
        this.reader = reader;
        this.bits = bits;
    }

    static PermittedDocs of(LeafReader reader, Principal principal) throws IOException {
        Bits live = reader.getLiveDocs();
        if (principal.isSystem()) {
            return new PermittedDocs(reader, live == null ? null : copy(live));
        }
        FixedBitSet bits = new FixedBitSet(reader.maxDoc());
        for (String token : principal.tokens()) {
            PostingsEnum postings = reader.postings(new Term(LuceneFields.READERS, token), PostingsEnum.NONE);
            if (postings != null) {
                bits.or(postings);
            }
        }
        if (live != null) {
            bits.and(copy(live));
        }
        return new PermittedDocs(reader, bits.cardinality() == reader.maxDoc() ? null : bits);
    }

    /** {@return the segment's permitted documents, or null if that is all of them} */
    @Nullable
    FixedBitSet bits() {
        return bits;
    }

    /** {@return the key under which this may be kept: it changes with deletes} */
    static IndexReader.CacheKey key(LeafReader reader) {
        return reader.getReaderCacheHelper().getKey();
    }

    /** Costs one pass over the segment's norms the first time. */
    synchronized Lengths lengths(String field) throws IOException {
        Lengths known = lengths.get(field);
        if (known == null) {
            known = countLengths(field);
            lengths.put(field, known);
        }
        return known;
    }

    /** Costs one pass over the term's postings the first time, unless the whole segment is permitted. */
    synchronized TermCounts counts(Term term) throws IOException {
        TermCounts known = terms.get(term);
        if (known == null) {
            known = bits == null
                    ? new TermCounts(reader.docFreq(term), reader.totalTermFreq(term))
                    : countTerm(term, bits);
            terms.put(term, known);
        }
        return known;
    }

    private Lengths countLengths(String field) throws IOException {
        NumericDocValues norms = reader.getNormValues(field);
        long count = 0;
        long sum = 0;
        if (norms != null) {
            for (int doc = norms.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = norms.nextDoc()) {
                // A field without a token has the norm 0 and does not count.
                if (norms.longValue() > 0 && (bits == null || bits.get(doc))) {
                    count++;
                    sum += norms.longValue();
                }
            }
        }
        return new Lengths(count, sum);
    }

    private TermCounts countTerm(Term term, FixedBitSet permitted) throws IOException {
        PostingsEnum postings = reader.postings(term, PostingsEnum.FREQS);
        long docFreq = 0;
        long totalTermFreq = 0;
        if (postings != null) {
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                if (permitted.get(doc)) {
                    docFreq++;
                    totalTermFreq += postings.freq();
                }
            }
        }
        return new TermCounts(docFreq, totalTermFreq);
    }

    private static FixedBitSet copy(Bits live) {
        FixedBitSet copy = new FixedBitSet(live.length());
        for (int i = 0; i < live.length(); i++) {
            if (live.get(i)) {
                copy.set(i);
            }
        }
        return copy;
    }
}
