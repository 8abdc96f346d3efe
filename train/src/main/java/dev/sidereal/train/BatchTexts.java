package dev.sidereal.train;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.Embedded;
import java.util.ArrayList;
import java.util.List;

/** The texts of a batch in the order their vectors stand in: queries, positives, all negatives row by row. */
final class BatchTexts {
    private final Batch batch;
    private final List<Part> parts = new ArrayList<>();
    private final int negatives;

    BatchTexts(Batch batch, int chunk) {
        this.batch = batch;
        List<Row> rows = batch.rows();
        // Neither side of a scored pair asks the other.
        boolean pairs = rows.stream()
                .allMatch(row -> row.scores().size() == 1 && row.negatives().isEmpty());
        add(
                pairs ? Role.DOCUMENT : Role.QUERY,
                rows.stream().map(row -> query(row.example())).toList(),
                chunk);
        add(
                Role.DOCUMENT,
                rows.stream().map(row -> document(row, row.positive())).toList(),
                chunk);
        List<String> others = rows.stream()
                .flatMap(row -> row.negatives().stream().map(text -> document(row, text)))
                .toList();
        negatives = others.size();
        add(Role.DOCUMENT, others, chunk);
    }

    /** Texts of one role that go through the model together. */
    record Part(Role role, List<String> texts) {}

    static String query(Example example) {
        return example.instructed(example.query().text());
    }

    private static String document(Row row, Text text) {
        return row.instructed() ? row.example().instructed(text.text()) : text.text();
    }

    private void add(Role role, List<String> texts, int chunk) {
        for (int from = 0; from < texts.size(); from += chunk) {
            parts.add(new Part(role, texts.subList(from, Math.min(texts.size(), from + chunk))));
        }
    }

    List<Part> parts() {
        return parts;
    }

    int size() {
        return 2 * batch.rows().size() + negatives;
    }

    /** {@return the roles of all vectors, {@code [size][d]}} */
    Embedded embedded(Tensor vectors) {
        List<Row> rows = batch.rows();
        int n = rows.size();
        Answers answers = new Answers(rows);
        List<Text> positives = rows.stream().map(Row::positive).toList();
        Embedded embedded = Embedded.of(vectors.narrow(0, 0, n), vectors.narrow(0, n, n))
                .with(Embedded.Role.RELEVANT, mask(answers.of(positives), vectors, n, n));
        if (negatives > 0) {
            embedded = withNegatives(embedded, vectors, answers);
        }
        return rows.stream().noneMatch(row -> row.scores().isEmpty()) ? withScores(embedded, vectors) : embedded;
    }

    private static Tensor mask(byte[] cells, Tensor like, long... shape) {
        return Tensors.of(cells, shape).to(DType.BOOL).to(like.device());
    }

    private Embedded withNegatives(Embedded embedded, Tensor vectors, Answers answers) {
        Negatives chosen = negatives(vectors);
        long n = batch.rows().size();
        long width = chosen.vectors.size(1);
        return embedded.with(Embedded.Role.NEGATIVES, chosen.vectors)
                .with(Embedded.Role.ABSENT, chosen.absent)
                .with(Embedded.Role.RELEVANT_NEGATIVES, mask(answers.of(chosen.texts), vectors, n, n * width));
    }

    /** {@return this batch with a teacher's vectors of the same texts, {@code [size][t]}} */
    Embedded taught(Embedded embedded, Tensor teacher) {
        int n = batch.rows().size();
        Embedded taught = embedded.with(Embedded.Role.TEACHER_QUERY, teacher.narrow(0, 0, n))
                .with(Embedded.Role.TEACHER_POSITIVE, teacher.narrow(0, n, n));
        return negatives == 0 ? taught : taught.with(Embedded.Role.TEACHER_NEGATIVES, negatives(teacher).vectors);
    }

    /**
     * Negatives by row.
     *
     * @param vectors {@code [n][k][d]}
     * @param absent {@code BOOL[n][k]}
     * @param texts row by row, {@link Answers#NOTHING} in absent places
     */
    private record Negatives(Tensor vectors, Tensor absent, List<Text> texts) {}

    private Negatives negatives(Tensor vectors) {
        int n = batch.rows().size();
        int width = batch.rows().stream()
                .mapToInt(row -> row.negatives().size())
                .max()
                .orElse(0);
        long[] positions = new long[n * width];
        byte[] absent = new byte[n * width];
        List<Text> texts = new ArrayList<>();
        long next = 2L * n;
        for (int row = 0; row < n; row++) {
            int count = batch.rows().get(row).negatives().size();
            for (int k = 0; k < width; k++) {
                positions[row * width + k] = k < count ? next++ : 0;
                absent[row * width + k] = (byte) (k < count ? 0 : 1);
                texts.add(k < count ? batch.rows().get(row).negatives().get(k) : Answers.NOTHING);
            }
        }
        Tensor chosen =
                vectors.indexSelect(0, Tensors.of(positions, positions.length).to(vectors.device()));
        return new Negatives(chosen.reshape(n, width, vectors.size(1)), mask(absent, vectors, n, width), texts);
    }

    private Embedded withScores(Embedded embedded, Tensor vectors) {
        List<Row> rows = batch.rows();
        int width = rows.stream().mapToInt(row -> row.scores().size()).max().orElse(0);
        double[] scores = new double[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            for (int k = 0; k < rows.get(row).scores().size(); k++) {
                scores[row * width + k] = rows.get(row).scores().get(k);
            }
        }
        long[] shape = width == 1 ? new long[] {rows.size()} : new long[] {rows.size(), width};
        return embedded.with(
                Embedded.Role.SCORES,
                Tensors.of(scores, shape).to(vectors.dtype()).to(vectors.device()));
    }
}
