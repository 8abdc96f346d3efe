package dev.sidereal.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Lucene's graph format with two differences when writing: segments that are scanned anyway get no graph, and vectors
 * may have up to 4,096 dimensions. Files are Lucene's own and are read by Lucene's own format.
 */
final class VectorFormat extends KnnVectorsFormat {
    private static final int MAX_DIMENSIONS = 4096;

    private final KnnVectorsFormat lucene;

    private VectorFormat(KnnVectorsFormat lucene) {
        super(lucene.getName());
        this.lucene = lucene;
    }

    static VectorFormat of(IndexSettings.Dense settings) {
        int tiny = tinySegments(settings.exactBelow());
        return new VectorFormat(
                settings.quantised()
                        ? new Lucene104HnswScalarQuantizedVectorsFormat(
                                ScalarEncoding.UNSIGNED_BYTE,
                                settings.connections(),
                                settings.buildWidth(),
                                1,
                                null,
                                tiny)
                        : new Lucene99HnswVectorsFormat(settings.connections(), settings.buildWidth(), 1, null, tiny));
    }

    /** Lucene builds no graph for n vectors if {@code ln(n) * threshold >= n}. */
    private static int tinySegments(int exactBelow) {
        return exactBelow < 2 ? 0 : (int) Math.ceil(exactBelow / Math.log(exactBelow));
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return lucene.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return lucene.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MAX_DIMENSIONS;
    }
}
