package dev.sidereal.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.BytesRef;

/** Finds the ids of items by Lucene number in one reader. Thread-safe; a look-up costs one seek in a column. */
final class ItemIds {
    private final List<LeafReaderContext> leaves;

    ItemIds(List<LeafReaderContext> leaves) {
        this.leaves = leaves;
    }

    /** {@return the id of the item that this passage belongs to} */
    String id(int doc) {
        return bytes(doc).utf8ToString();
    }

    /** Compares the ids of two items as strings of UTF-8 bytes. */
    int compare(int a, int b) {
        return a == b ? 0 : bytes(a).compareTo(bytes(b));
    }

    private BytesRef bytes(int doc) {
        try {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
            BinaryDocValues ids = leaf.reader().getBinaryDocValues(LuceneFields.ID);
            if (ids == null || !ids.advanceExact(doc - leaf.docBase)) {
                throw new IllegalStateException("document " + doc + " has no id");
            }
            return BytesRef.deepCopyOf(ids.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
