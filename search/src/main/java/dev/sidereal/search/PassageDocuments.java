package dev.sidereal.search;

import dev.sidereal.core.Acl;
import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Turns an item into its block of Lucene documents, one a passage. Thread-safe. */
record PassageDocuments(AclMode aclMode, boolean lexical, VectorSimilarityFunction similarity) {
    /**
     * @param source the item as JSON, kept as it is
     * @param hash 64 bits of the content hash
     * @param vectors one a passage, or null without dense leg
     */
    List<Document> of(Item item, List<Passage> passages, String source, long hash, float @Nullable [][] vectors) {
        List<Document> block = new ArrayList<>(passages.size());
        for (Passage passage : passages) {
            Document doc = new Document();
            doc.add(new StringField(LuceneFields.ID, item.id(), Store.NO));
            doc.add(new BinaryDocValuesField(LuceneFields.ID, new BytesRef(item.id())));
            readers(item.acl()).forEach(r -> doc.add(new StringField(LuceneFields.READERS, r, Store.NO)));
            item.fields().forEach((name, value) -> add(doc, LuceneFields.typed(name), value));
            if (lexical) {
                doc.add(new TextField(LuceneFields.TITLE, passage.caption(), Store.NO));
                doc.add(new SortedDocValuesField(LuceneFields.CAPTION, Caption.of(passage)));
                doc.add(new TextField(LuceneFields.TEXT, passage.full(), Store.NO));
            }
            if (vectors != null) {
                doc.add(new KnnFloatVectorField(LuceneFields.VECTOR, vectors[passage.ordinal()], similarity));
            }
            block.add(doc);
        }
        Document last = block.getLast();
        last.add(new StringField(LuceneFields.LAST, "", Store.NO));
        last.add(new StoredField(LuceneFields.SOURCE, new BytesRef(source)));
        last.add(new NumericDocValuesField(LuceneFields.HASH, hash));
        return block;
    }

    private Collection<String> readers(Acl acl) {
        if (acl.stated()) {
            return acl.readers();
        }
        return aclMode == AclMode.OPEN ? Set.of(Principal.PUBLIC) : Set.of();
    }

    private static void add(Document doc, String name, FieldValue value) {
        switch (value) {
            case FieldValue.Keyword(String v) -> doc.add(new KeywordField(name, v, Store.NO));
            case FieldValue.Flag(boolean v) -> doc.add(new KeywordField(name, Boolean.toString(v), Store.NO));
            case FieldValue.Keywords(SortedSet<String> vs) ->
                vs.forEach(v -> doc.add(new KeywordField(name, v, Store.NO)));
            // Adding zero makes -0.0 and 0.0 one value.
            case FieldValue.Numeric(double v) -> doc.add(new DoubleField(name, v + 0.0, Store.NO));
            case FieldValue.Timestamp(Instant v) -> doc.add(new LongField(name, v.toEpochMilli(), Store.NO));
        }
    }
}
