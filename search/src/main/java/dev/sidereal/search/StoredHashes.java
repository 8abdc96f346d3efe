package dev.sidereal.search;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/** The ids and content hashes of the items that the newest reader holds. One thread; closed soon. */
final class StoredHashes implements AutoCloseable {
    private final ReaderManager readers;
    private final DirectoryReader reader;

    StoredHashes(ReaderManager readers) throws IOException {
        this.readers = readers;
        this.reader = readers.acquire();
    }

    boolean contains(String id) throws IOException {
        return find(id, (leaf, last) -> true);
    }

    boolean holds(String id, long hash) throws IOException {
        return find(id, (leaf, last) -> {
            NumericDocValues hashes = leaf.getNumericDocValues(LuceneFields.HASH);
            return hashes != null && hashes.advanceExact(last) && hashes.longValue() == hash;
        });
    }

    void forEachId(Consumer<String> use) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues last = leaf.reader().getNumericDocValues(LuceneFields.HASH);
            BinaryDocValues ids = leaf.reader().getBinaryDocValues(LuceneFields.ID);
            Bits live = leaf.reader().getLiveDocs();
            if (last == null || ids == null) {
                continue;
            }
            for (int doc = last.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = last.nextDoc()) {
                if ((live == null || live.get(doc)) && ids.advanceExact(doc)) {
                    use.accept(ids.binaryValue().utf8ToString());
                }
            }
        }
    }

    private interface Test {
        boolean accepts(LeafReader leaf, int last) throws IOException;
    }

    private boolean find(String id, Test test) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum passages = leaf.reader().postings(new Term(LuceneFields.ID, id), PostingsEnum.NONE);
            Bits live = leaf.reader().getLiveDocs();
            int last = -1;
            if (passages != null) {
                for (int doc = passages.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = passages.nextDoc()) {
                    last = live == null || live.get(doc) ? doc : last;
                }
            }
            if (last >= 0) {
                return test.accepts(leaf.reader(), last);
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        readers.release(reader);
    }
}
