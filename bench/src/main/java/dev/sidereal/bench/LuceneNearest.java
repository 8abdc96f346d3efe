package dev.sidereal.bench;

import dev.sidereal.engine.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/** Lucene used directly: its default graph format with 16 connections and build width 100, one segment. */
final class LuceneNearest implements Nearest {
    private static final String FIELD = "v";

    private final VectorSet set;
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final double buildSeconds;
    private final double megabytes;

    LuceneNearest(VectorSet set, Path folder) {
        this.set = set;
        try {
            this.directory = FSDirectory.open(folder);
            long start = System.nanoTime();
            build();
            this.buildSeconds = (System.nanoTime() - start) / 1e9;
            this.megabytes = Scratch.bytes(folder) / 1e6;
            this.reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
    }

    private void build() throws IOException {
        KnnVectorsFormat format = new Lucene99HnswVectorsFormat(16, 100);
        IndexWriterConfig config = new IndexWriterConfig()
                .setRAMBufferSizeMB(1024)
                .setUseCompoundFile(false)
                .setMergeScheduler(new SerialMergeScheduler())
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (float[] vector : set.documents()) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, vector, VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    @Override
    public String subject() {
        return "lucene";
    }

    @Override
    public String variant() {
        return "";
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public double megabytes() {
        return megabytes;
    }

    @Override
    public boolean adjustable() {
        return true;
    }

    /** In one segment without deletes a document's number is its place. */
    @Override
    public Search at(int width) {
        return query -> {
            try {
                ScoreDoc[] hits = searcher.search(
                                new KnnFloatVectorQuery(FIELD, set.queries()[query], width), VectorSet.NEIGHBOURS)
                        .scoreDocs;
                int[] top = new int[hits.length];
                for (int i = 0; i < top.length; i++) {
                    top[i] = hits[i].doc;
                }
                return top;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public void close() {
        try {
            IOUtils.close(reader, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
