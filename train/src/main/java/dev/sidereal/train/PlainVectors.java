package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Vectors of unit length without gradients. */
final class PlainVectors {
    private static final int BATCH = 32;

    private PlainVectors() {}

    /** {@return one a text, in order} */
    static float[][] of(Embedder embedder, Role role, List<String> texts) {
        return of(embedder, role, texts, false);
    }

    /** {@return one a text, in order, with products in bf16 if asked} */
    static float[][] of(Embedder embedder, Role role, List<String> texts, boolean bf16) {
        List<Integer> order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
                .toList();
        float[][] vectors = new float[texts.size()][];
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<Integer> rows = order.subList(from, Math.min(texts.size(), from + BATCH));
            try (TensorScope _ = new TensorScope();
                    NoGrad _ = new NoGrad()) {
                TokenBatch batch =
                        embedder.tokenize(role, rows.stream().map(texts::get).toList());
                Tensor unit = Norms.unit(embedder.embed(batch, bf16));
                for (int i = 0; i < rows.size(); i++) {
                    vectors[rows.get(i)] = unit.select(0, i).floats();
                }
            }
        }
        return vectors;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
