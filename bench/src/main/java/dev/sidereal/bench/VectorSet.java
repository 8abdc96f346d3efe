package dev.sidereal.bench;

import dev.sidereal.core.vector.TopK;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * Real passages and questions with their vectors and the truth by an exact scan.
 *
 * @param passages texts
 * @param questions texts
 * @param encoder knows the vectors of all of them
 * @param documents {@code float[passages][dims]}, of unit length
 * @param queries {@code float[questions][dims]}, of unit length
 * @param truth {@code int[questions][10]}: the nearest passages, nearest first
 */
record VectorSet(
        List<String> passages,
        List<String> questions,
        KnownVectors encoder,
        float[][] documents,
        float[][] queries,
        int[][] truth) {
    static final int NEIGHBOURS = 10;

    static VectorSet of(List<String> passages, List<String> questions, KnownVectors encoder) {
        float[][] documents = encoder.encode(dev.sidereal.core.Encoder.Role.DOCUMENT, passages)
                .vectors();
        float[][] queries =
                encoder.encode(dev.sidereal.core.Encoder.Role.QUERY, questions).vectors();
        int[][] truth = Arrays.stream(queries)
                .parallel()
                .map(query -> nearest(documents, query))
                .toArray(int[][]::new);
        return new VectorSet(passages, questions, encoder, documents, queries, truth);
    }

    private static int[] nearest(float[][] documents, float[] query) {
        TopK top = new TopK(NEIGHBOURS);
        for (int i = 0; i < documents.length; i++) {
            top.add(i, VectorUtil.dotProduct(query, documents[i]));
        }
        return top.best().stream().mapToInt(scored -> (int) scored.id()).toArray();
    }

    int dims() {
        return documents[0].length;
    }

    /** {@return the share of the ten nearest that a search finds, over all questions} */
    double recall(Nearest.Search search) {
        long found = 0;
        for (int query = 0; query < queries.length; query++) {
            int[] top = search.top(query);
            for (int wanted : truth[query]) {
                found += IntStream.of(top).anyMatch(got -> got == wanted) ? 1 : 0;
            }
        }
        return (double) found / ((long) NEIGHBOURS * queries.length);
    }
}
