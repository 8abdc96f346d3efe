package dev.sidereal.recommend.baseline;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import java.util.Arrays;

/**
 * The cosine between an item's vector and the mean of those of the last items of the history, the later the more. Vectors
 * come from content, so that an item nobody has touched can be recommended. Scoring is thread-safe; close it once nobody
 * scores. O(items x dims) a history.
 */
public final class ContentSimilarity implements ItemScorer, AutoCloseable {
    private final float[][] vectors;
    private final Tensor table;
    private final Settings settings;

    private ContentSimilarity(float[][] vectors, Tensor table, Settings settings) {
        this.vectors = vectors;
        this.table = table;
        this.settings = settings;
    }

    /**
     * How a history becomes one vector.
     *
     * @param history how many of the last items are looked at
     * @param decay what an item one step further back counts
     */
    public record Settings(int history, double decay) {
        /** The last five items, each counting 0.7 of the one after it. */
        public static final Settings PLAIN = new Settings(5, 0.7);

        public Settings {
            if (history < 1 || !(decay > 0)) {
                throw new BadConfig("content similarity needs a history of 1 or more and a decay above 0, got "
                        + history + " and " + decay);
            }
        }
    }

    /**
     * {@return similarity by these vectors}
     *
     * @param vectors {@code float[items][dims]}; scaled to unit length in a copy
     */
    public static ContentSimilarity of(float[][] vectors, Settings settings) {
        float[][] unit = new float[vectors.length][];
        int dims = vectors[0].length;
        float[] flat = new float[vectors.length * dims];
        for (int i = 0; i < vectors.length; i++) {
            unit[i] = vectors[i].clone();
            Vectors.normalise(unit[i]);
            System.arraycopy(unit[i], 0, flat, i * dims, dims);
        }
        Tensor table = TensorScope.release(Tensors.of(flat, vectors.length, dims));
        return new ContentSimilarity(unit, table, settings);
    }

    @Override
    public int items() {
        return vectors.length;
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        int dims = vectors[0].length;
        float[] queries = new float[histories.count() * dims];
        for (int h = 0; h < histories.count(); h++) {
            System.arraycopy(query(histories.last(h, settings.history)), 0, queries, h * dims, dims);
        }
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            float[] all = Tensors.of(queries, histories.count(), dims)
                    .matmul(table.transpose(0, 1))
                    .floats();
            for (int h = 0; h < histories.count(); h++) {
                if (histories.items()[h].length == 0) {
                    Arrays.fill(scores[h], Float.NEGATIVE_INFINITY);
                } else {
                    System.arraycopy(all, h * vectors.length, scores[h], 0, vectors.length);
                }
            }
        }
    }

    private float[] query(int[] last) {
        float[] sum = new float[vectors[0].length];
        double weight = 1;
        for (int i = last.length - 1; i >= 0; i--) {
            for (int d = 0; d < sum.length; d++) {
                sum[d] += (float) weight * vectors[last[i]][d];
            }
            weight *= settings.decay;
        }
        Vectors.normalise(sum);
        return sum;
    }

    @Override
    public void close() {
        table.close();
    }
}
