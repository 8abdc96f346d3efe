package dev.sidereal.train.loop;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.LoopPart;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Trains the query side alone: documents keep the vectors they had at the start, each step retrieves its negatives among
 * all of them with the query encoder as it is, and a pair counts as much as nDCG would change if its two documents changed
 * places, {@code |1/log2(1 + r_p) - 1/log2(1 + r_n)| / IDCG}; a positive that was not retrieved stands behind what was.
 * For {@link dev.sidereal.train.loss.LambdaLoss}. Source: Zhan et al., ADORE, arXiv 2104.08051, section 4.2.
 *
 * <p>Differs: the encoder of queries begins with the documents' weights and is one model with them, so whoever serves it
 * must keep the documents' vectors of the model it was trained from.
 */
public final class Adore implements LoopPart {
    /** Documents retrieved for a query where nothing is said. */
    public static final int DEPTH = 50;

    private final DenseIndex index;
    private final StoredCorpus corpus;
    private final int depth;

    /**
     * Makes the part.
     *
     * @param index vectors of unit length by the model at the start; those of queries are not asked of it
     * @param depth how many documents a query retrieves
     */
    public Adore(DenseIndex index, StoredCorpus corpus, int depth) {
        if (depth < 1) {
            throw new BadConfig("ADORE retrieves at least 1 document, got " + depth + ".");
        }
        this.index = index;
        this.corpus = corpus;
        this.depth = depth;
    }

    @Override
    public boolean bringsNegatives() {
        return true;
    }

    @Override
    public Embedded vectors(Batch batch, Embedded embedded, long step) {
        Tensor queries = Norms.unit(embedded.get(Role.QUERY).detach().to(DType.F32));
        int n = batch.rows().size();
        List<float[]> vectors = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            vectors.add(queries.select(0, row).floats());
        }
        Builder built = new Builder(n, depth, index.documents().dims());
        int most = batch.rows().stream()
                .mapToInt(row -> row.example().positives().size())
                .max()
                .orElse(1);
        List<List<TopK.Scored>> found = index.search(vectors, depth + most);
        for (int row = 0; row < n; row++) {
            add(built, row, batch.rows().get(row), found.get(row));
        }
        return built.in(embedded, queries);
    }

    private void add(Builder built, int row, Row of, List<TopK.Scored> found) {
        Example example = of.example();
        Set<Integer> positives = new HashSet<>();
        example.positives().forEach(positive -> positives.add(document(example, positive)));
        int own = document(example, of.positive());
        int rank = found.size() + 1;
        for (int i = 0; i < found.size(); i++) {
            rank = found.get(i).id() == own ? i + 1 : rank;
        }
        double ideal = 0;
        for (int i = 1; i <= positives.size(); i++) {
            ideal += gain(i);
        }
        built.positive(row, index.documents().row(own));
        int column = 0;
        for (int i = 0; i < found.size() && column < depth; i++) {
            int document = (int) found.get(i).id();
            if (!positives.contains(document)) {
                double change = Math.abs(gain(rank) - gain(i + 1)) / ideal;
                built.negative(row, column++, index.documents().row(document), change);
            }
        }
    }

    private int document(Example example, Text text) {
        int document = corpus.find(text.id());
        if (document < 0) {
            throw new BadInput(example.where() + ": the positive '" + text.id() + "' is not in the corpus");
        }
        return document;
    }

    private static double gain(int rank) {
        return Math.log(2) / Math.log(1.0 + rank);
    }

    @Override
    public String toString() {
        return "adore, top " + depth + " of " + index.documents().fingerprint();
    }

    /** Vectors of a batch row by row, {@code float[n][dims]} and {@code float[n][k][dims]}. */
    private static final class Builder {
        private final int n;
        private final int k;
        private final int dims;
        private final float[] positives;
        private final float[] negatives;
        private final float[] gains;
        private final byte[] absent;

        Builder(int n, int k, int dims) {
            this.n = n;
            this.k = k;
            this.dims = dims;
            positives = new float[n * dims];
            negatives = new float[n * k * dims];
            gains = new float[n * k];
            absent = new byte[n * k];
            java.util.Arrays.fill(absent, (byte) 1);
        }

        void positive(int row, float[] vector) {
            System.arraycopy(vector, 0, positives, row * dims, dims);
        }

        void negative(int row, int column, float[] vector, double gain) {
            int cell = row * k + column;
            System.arraycopy(vector, 0, negatives, cell * dims, dims);
            gains[cell] = (float) gain;
            absent[cell] = 0;
        }

        Embedded in(Embedded embedded, Tensor like) {
            return embedded.with(Role.POSITIVE, Tensors.of(positives, n, dims).to(like.device()))
                    .with(Role.NEGATIVES, Tensors.of(negatives, n, k, dims).to(like.device()))
                    .with(Role.GAINS, Tensors.of(gains, n, k).to(like.device()))
                    .with(Role.ABSENT, Tensors.of(absent, n, k).to(DType.BOOL).to(like.device()));
        }
    }
}
