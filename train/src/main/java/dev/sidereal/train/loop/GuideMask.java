package dev.sidereal.train.loop;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Masks what a guide takes for a false negative: with cosines {@code g} of another encoder a text counts for row {@code i}
 * as relevant if it is above {@code g(q_i, p_i) - m}; so do queries by {@code g(q_i, q_j)} and positives by
 * {@code g(p_i, p_j)} where a loss has these directions, and the row's own hard negatives. Source: Solatorio, GISTEmbed,
 * arXiv 2402.16829, section 3, and sentence-transformers' {@code GISTEmbedLoss}.
 */
public final class GuideMask implements LoopPart {
    private static final int KEPT = 20_000;

    private final Encoder guide;
    private final double margin;
    private final boolean relative;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();

    /**
     * Makes a mask.
     *
     * @param guide not closed; vectors of the last texts are kept
     * @param margin {@code m}, not negative
     * @param relative whether the bound is {@code g - m |g|} rather than {@code g - m}
     */
    public GuideMask(Encoder guide, double margin, boolean relative) {
        if (!(margin >= 0)) {
            throw new BadConfig("The margin of a guide must be 0 or more, got " + margin + ".");
        }
        this.guide = guide;
        this.margin = margin;
        this.relative = relative;
    }

    @Override
    public Embedded vectors(Batch batch, Embedded embedded, long step) {
        List<Row> rows = batch.rows();
        int n = rows.size();
        float[][] queries = encode(
                Encoder.Role.QUERY,
                rows.stream().map(row -> row.example().query()).toList());
        float[][] positives =
                encode(Encoder.Role.DOCUMENT, rows.stream().map(Row::positive).toList());
        double[] bounds = new double[n];
        for (int i = 0; i < n; i++) {
            double own = Vectors.dot(queries[i], positives[i]);
            bounds[i] = own - (relative ? margin * Math.abs(own) : margin);
        }
        Tensor like = embedded.get(Role.QUERY);
        Embedded masked = or(embedded, Role.RELEVANT, above(queries, positives, bounds), like, n, n);
        masked = or(masked, Role.ALIKE_QUERIES, above(queries, queries, bounds), like, n, n);
        masked = or(masked, Role.ALIKE_POSITIVES, above(positives, positives, bounds), like, n, n);
        if (!embedded.has(Role.NEGATIVES)) {
            return masked;
        }
        int k = embedded.get(Role.NEGATIVES).size(1);
        byte[] all = above(queries, negatives(rows, k), bounds);
        byte[] own = new byte[n * k];
        for (int i = 0; i < n; i++) {
            System.arraycopy(all, i * n * k + i * k, own, i * k, k);
        }
        masked = or(masked, Role.RELEVANT_NEGATIVES, all, like, n, (long) n * k);
        return or(masked, Role.ABSENT, own, like, n, k);
    }

    /** {@return the negatives of all rows, {@code k} each; where a row has fewer, vectors of zeros} */
    private float[][] negatives(List<Row> rows, int k) {
        float[][] all = new float[rows.size() * k][guide.card().dims()];
        for (int i = 0; i < rows.size(); i++) {
            float[][] own = encode(Encoder.Role.DOCUMENT, rows.get(i).negatives());
            System.arraycopy(own, 0, all, i * k, own.length);
        }
        return all;
    }

    private static byte[] above(float[][] asking, float[][] texts, double[] bounds) {
        byte[] cells = new byte[asking.length * texts.length];
        for (int i = 0; i < asking.length; i++) {
            for (int j = 0; j < texts.length; j++) {
                cells[i * texts.length + j] = (byte) (Vectors.dot(asking[i], texts[j]) > bounds[i] ? 1 : 0);
            }
        }
        return cells;
    }

    private static Embedded or(Embedded embedded, Role role, byte[] cells, Tensor like, long... shape) {
        Tensor mask = Tensors.of(cells, shape).to(DType.BOOL).to(like.device());
        return embedded.with(role, embedded.has(role) ? embedded.get(role).or(mask) : mask);
    }

    private float[][] encode(Encoder.Role role, List<Text> texts) {
        IntFunction<String> key = i -> role + "\n" + texts.get(i).text();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!vectors.containsKey(key.apply(i))) {
                unknown.add(texts.get(i).text());
            }
        }
        if (!unknown.isEmpty()) {
            float[][] made = guide.encode(role, unknown).vectors();
            for (int i = 0; i < made.length; i++) {
                Vectors.normalise(made[i]);
                vectors.put(role + "\n" + unknown.get(i), made[i]);
            }
        }
        float[][] found = new float[texts.size()][];
        for (int i = 0; i < found.length; i++) {
            found[i] = java.util.Objects.requireNonNull(vectors.get(key.apply(i)));
        }
        if (vectors.size() > KEPT) {
            vectors.clear();
        }
        return found;
    }

    @Override
    public String toString() {
        return "guide " + guide.card().name() + " with margin " + margin + (relative ? " of its score" : "");
    }
}
