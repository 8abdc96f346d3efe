package dev.sidereal.search;

import dev.sidereal.core.vector.Vectors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.jspecify.annotations.Nullable;

/**
 * The full-precision vectors of a segment's passages. Products are computed by our own kernels straight from the mapped
 * file: in one pass over neighbouring passages, and always with the same bits, which Lucene's are not before and after
 * the JVM compiles them. One thread.
 */
final class PassageVectors {
    private final FloatVectorValues values;
    /** Row-major, little-endian; null if the file is not mapped in one piece. */
    private final @Nullable MemorySegment rows;

    private PassageVectors(FloatVectorValues values, @Nullable MemorySegment rows) {
        this.values = values;
        this.rows = rows;
    }

    /** {@return the vectors of a segment, or null if it has none} */
    static @Nullable PassageVectors of(LeafReader reader) throws IOException {
        FloatVectorValues values = reader.getFloatVectorValues(LuceneFields.VECTOR);
        if (values == null || values.size() == 0) {
            return null;
        }
        if (values.size() != reader.maxDoc()) {
            throw new IllegalStateException(
                    "a segment of " + reader.maxDoc() + " passages has " + values.size() + " vectors");
        }
        return new PassageVectors(values, mapped(values));
    }

    private static @Nullable MemorySegment mapped(FloatVectorValues values) throws IOException {
        return values instanceof HasIndexSlice file && file.getSlice() instanceof MemorySegmentAccessInput slice
                ? slice.segmentSliceOrNull(0, (long) values.size() * values.dimension() * Float.BYTES)
                : null;
    }

    /** Computes the inner products of a query with {@code count} neighbouring passages into {@code scores[0..]}. */
    void dot(float[] query, int first, int count, float[] scores) throws IOException {
        if (rows != null) {
            Vectors.dotRows(query, rows, first, count, scores);
            return;
        }
        for (int i = 0; i < count; i++) {
            scores[i] = Vectors.dot(query, values.vectorValue(first + i));
        }
    }
}
