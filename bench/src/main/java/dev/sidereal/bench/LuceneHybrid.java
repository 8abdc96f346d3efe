package dev.sidereal.bench;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.search.IndexSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/** Hybrid search as one writes it on Lucene: two top hundreds, reciprocal rank fusion, ids of the best. One thread. */
final class LuceneHybrid implements AutoCloseable {
    private static final String TEXT = "text";
    private static final String VECTOR = "vector";
    private static final String ID = "id";
    private static final int DEPTH = 100;
    private static final int RRF_K = 60;

    private final Analyzer analyzer;
    private final KnownVectors encoder;
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    LuceneHybrid(IndexSettings settings, List<String> passages, KnownVectors encoder, Path folder) {
        this.analyzer = settings.analyzer();
        this.encoder = encoder;
        try {
            this.directory = FSDirectory.open(folder);
            float[][] vectors = encoder.encode(Role.DOCUMENT, passages).vectors();
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (int i = 0; i < vectors.length; i++) {
                    Document document = new Document();
                    document.add(new StoredField(ID, Integer.toString(i)));
                    document.add(new TextField(TEXT, passages.get(i), Store.NO));
                    document.add(new KnnFloatVectorField(VECTOR, vectors[i], VectorSimilarityFunction.DOT_PRODUCT));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            this.reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.searcher = new IndexSearcher(reader);
    }

    /** {@return ids of the k best by words} */
    List<String> words(String text, int k) {
        return io(() -> ids(search(words(text), k)));
    }

    /** {@return ids of the k best by vectors, out of 100 that the graph search keeps} */
    List<String> nearest(String text, int k) {
        return io(() -> ids(search(nearest(text), k)));
    }

    /** {@return ids of the k best by both} */
    List<String> hybrid(String text, int k) {
        return io(() -> {
            Map<Integer, Double> fused = new HashMap<>();
            for (Query query : List.of(words(text), nearest(text))) {
                int[] top = search(query, DEPTH);
                for (int rank = 0; rank < top.length; rank++) {
                    fused.merge(top[rank], 1.0 / (RRF_K + rank + 1), Double::sum);
                }
            }
            return ids(fused.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(k)
                    .mapToInt(Map.Entry::getKey)
                    .toArray());
        });
    }

    private Query words(String text) throws IOException {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        try (TokenStream stream = analyzer.tokenStream(TEXT, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                any.add(new TermQuery(new Term(TEXT, term.toString())), Occur.SHOULD);
            }
            stream.end();
        }
        return any.build();
    }

    private Query nearest(String text) {
        return new KnnFloatVectorQuery(
                VECTOR, encoder.encode(Role.QUERY, List.of(text)).vectors()[0], DEPTH);
    }

    private int[] search(Query query, int k) throws IOException {
        ScoreDoc[] hits = searcher.search(query, k).scoreDocs;
        int[] docs = new int[hits.length];
        for (int i = 0; i < docs.length; i++) {
            docs[i] = hits[i].doc;
        }
        return docs;
    }

    private List<String> ids(int[] docs) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int doc : docs) {
            ids.add(Objects.requireNonNull(
                    searcher.storedFields().document(doc, Set.of(ID)).get(ID)));
        }
        return ids;
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T io(Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        io(() -> {
            IOUtils.close(reader, analyzer, directory);
            return true;
        });
    }
}
