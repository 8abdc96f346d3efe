package dev.sidereal.search;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Item;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.artifact.WriteFailure;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an index. Puts are idempotent: an item whose content is there already costs a look-up. After a
 * crash the index is as of the last commit. Thread-safe; puts of one item from several threads end with one of them.
 */
public final class ItemWriter implements AutoCloseable {
    private final Path folder;
    private final PassageSplitter splitter;
    private final PassageDocuments documents;
    private final @Nullable Encoder encoder;
    private final IndexWriter lucene;
    private final ReaderManager readers;
    /** Ids put or deleted since the last refresh, so that what readers say of them is stale. */
    private final Set<String> touched = new HashSet<>();

    private Schema schema;

    ItemWriter(Path folder, Directory directory, IndexSettings settings, Analyzer analyzer, @Nullable Encoder encoder)
            throws IOException {
        this.folder = folder;
        this.splitter = new PassageSplitter(settings.passageChars());
        this.encoder = encoder;
        this.documents = new PassageDocuments(
                settings.aclMode(),
                settings.lexical() != null,
                encoder == null || encoder.card().normalised()
                        ? VectorSimilarityFunction.DOT_PRODUCT
                        : VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
        this.lucene = new IndexWriter(directory, config(settings, analyzer));
        try {
            this.schema = CommittedSchema.read(
                    DirectoryReader.listCommits(directory).getLast().getUserData());
            this.readers = new ReaderManager(lucene);
        } catch (IOException | RuntimeException e) {
            lucene.rollback();
            throw e;
        }
    }

    private static IndexWriterConfig config(IndexSettings settings, Analyzer analyzer) {
        IndexWriterConfig config = new IndexWriterConfig(analyzer)
                .setSimilarity(new Bm25(0, 0))
                .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
                .setRAMBufferSizeMB(128)
                .setCommitOnClose(true);
        IndexSettings.Dense dense = settings.dense();
        if (dense != null) {
            VectorFormat format = VectorFormat.of(dense);
            config.setCodec(new Lucene104Codec() {
                @Override
                public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return format;
                }
            });
        }
        return config;
    }

    /** Writes an empty first commit. */
    static void initialise(Directory directory) throws IOException {
        try (IndexWriter first = new IndexWriter(directory, new IndexWriterConfig())) {
            first.commit();
        }
    }

    /**
     * What a put did.
     *
     * @param written items added or replaced
     * @param unchanged items that were there with the same content
     * @param passages written
     * @param truncated passages cut at the encoder's limit
     */
    public record Report(int written, int unchanged, int passages, int truncated) {
        /** {@return the sum of two reports} */
        public Report plus(Report other) {
            return new Report(
                    written + other.written,
                    unchanged + other.unchanged,
                    passages + other.passages,
                    truncated + other.truncated);
        }

        /** {@return the report of nothing done} */
        public static Report none() {
            return new Report(0, 0, 0, 0);
        }
    }

    /** An item on its way in. */
    private record Entry(Item item, String source, long hash, List<Passage> passages) {}

    /**
     * Adds items or replaces those with the same id. All or none of an item's passages are ever seen. Passages of all
     * items are encoded together: give a few hundred at a time.
     *
     * @throws BadInput if a field's type clashes with the schema or a vector is not finite; nothing of this call is
     *     written then
     */
    public Report put(List<Item> items) {
        Schema grown = schema();
        for (Item item : items) {
            grown = grown.with(item);
        }
        try {
            List<Entry> entries = changed(items);
            Encoder.@Nullable Embeddings embeddings = encode(entries);
            int passages = write(items, entries, embeddings == null ? null : embeddings.vectors());
            return new Report(
                    entries.size(),
                    items.size() - entries.size(),
                    passages,
                    embeddings == null ? 0 : embeddings.truncated());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private synchronized int write(List<Item> items, List<Entry> entries, float @Nullable [][] vectors)
            throws IOException {
        Schema grown = schema;
        for (Item item : items) {
            grown = grown.with(item);
        }
        schema = grown;
        int at = 0;
        for (Entry entry : entries) {
            String id = entry.item().id();
            int end = at + entry.passages().size();
            float[][] own = vectors == null ? null : Arrays.copyOfRange(vectors, at, end);
            touched.add(id);
            lucene.updateDocuments(
                    new Term(LuceneFields.ID, id),
                    documents.of(entry.item(), entry.passages(), entry.source(), entry.hash(), own));
            at = end;
        }
        return at;
    }

    private List<Entry> changed(List<Item> items) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (StoredHashes stored = new StoredHashes(readers)) {
            for (Item item : items) {
                String source = StoredItem.json(item);
                long hash = Long.parseUnsignedLong(ContentHash.ofText(source), 0, 16, 16);
                if (isTouched(item.id()) || !stored.holds(item.id(), hash)) {
                    entries.add(new Entry(item, source, hash, splitter.split(item)));
                }
            }
        }
        return entries;
    }

    private Encoder.@Nullable Embeddings encode(List<Entry> entries) {
        if (encoder == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        entries.forEach(entry -> entry.passages().forEach(passage -> texts.add(passage.full())));
        Encoder.Embeddings embeddings = encoder.encode(Encoder.Role.DOCUMENT, texts);
        int at = 0;
        for (Entry entry : entries) {
            for (int i = 0; i < entry.passages().size(); i++) {
                check(entry.item().id(), embeddings.vectors()[at++], encoder);
            }
        }
        return embeddings;
    }

    private static void check(String id, float[] vector, Encoder encoder) {
        if (vector.length != encoder.card().dims()) {
            throw new BadInput("item '" + id + "': encoder " + encoder.card().name() + " gave a vector of "
                    + vector.length + " dims, expected " + encoder.card().dims());
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new BadInput(
                        "item '" + id + "': encoder " + encoder.card().name() + " gave " + vector[i] + " at dimension "
                                + i + ", expected a finite number; nothing of this batch was written");
            }
        }
    }

    /** Removes an item; {@return false if there was none} */
    public synchronized boolean delete(String id) {
        try {
            settle();
            boolean there;
            try (StoredHashes stored = new StoredHashes(readers)) {
                there = stored.contains(id);
            }
            if (there) {
                touched.add(id);
                lucene.deleteDocuments(new Term(LuceneFields.ID, id));
            }
            return there;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Removes the items whose ids are not kept; {@return how many} */
    public synchronized int retain(Predicate<String> kept) {
        try {
            settle();
            List<Term> gone = new ArrayList<>();
            try (StoredHashes stored = new StoredHashes(readers)) {
                stored.forEachId(id -> {
                    if (!kept.test(id)) {
                        gone.add(new Term(LuceneFields.ID, id));
                        touched.add(id);
                    }
                });
            }
            lucene.deleteDocuments(gone.toArray(new Term[0]));
            return gone.size();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Makes what snapshots say of an item true if it was put or deleted since they were last refreshed. */
    public synchronized void show(String id) {
        if (touched.contains(id)) {
            try {
                settle();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    /** Makes everything put so far survive a crash. Costs a flush and a sync. */
    public synchronized void commit() {
        try {
            save();
            settle();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void save() throws IOException {
        lucene.setLiveCommitData(CommittedSchema.userData(schema).entrySet());
        lucene.commit();
    }

    /** Brings the readers up to date, so that what they say of every item is true. */
    private void settle() throws IOException {
        if (!touched.isEmpty()) {
            readers.maybeRefreshBlocking();
            touched.clear();
        }
    }

    /** Joins all segments into one, for an index that will only be read. Costs a rewrite of the index. */
    public void compact() {
        try {
            lucene.forceMerge(1);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    ReaderManager readers() {
        return readers;
    }

    synchronized Schema schema() {
        return schema;
    }

    private synchronized boolean isTouched(String id) {
        return touched.contains(id);
    }

    private RuntimeException failure(IOException e) {
        return WriteFailure.of(folder, "the index is as of its last commit", e);
    }

    /** Commits and closes. */
    @Override
    public synchronized void close() {
        try {
            if (lucene.isOpen()) {
                save();
            }
            lucene.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
