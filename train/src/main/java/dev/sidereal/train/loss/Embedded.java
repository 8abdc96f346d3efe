package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A batch of {@code n} rows as vectors of named roles. Immutable; the tensors are the caller's. */
public final class Embedded {
    private final Map<Role, Tensor> tensors;

    /** What a tensor is in the batch. */
    public enum Role {
        /** {@code [n][d]}. */
        QUERY,
        /** {@code [n][d]}; for pairs with scores, the other text. */
        POSITIVE,
        /** {@code [n][k][d]}, the hard negatives of each row. */
        NEGATIVES,
        /** {@code BOOL[n][k]}, true where a row has fewer than {@code k} negatives; nowhere if missing. */
        ABSENT,
        /** {@code [n]} for pairs; {@code [n][1 + k]} of a teacher for the positive and each negative. */
        SCORES,
        /** {@code BOOL[n][n]}, true where positive {@code j} answers query {@code i}; the diagonal if missing. */
        RELEVANT,
        /** {@code BOOL[n][n k]}, true where a negative of any row is none for query {@code i}; {@link #ABSENT} if missing. */
        RELEVANT_NEGATIVES,
        /** {@code BOOL[n][n]}, true where query {@code j} asks what query {@code i} asks; nowhere if missing. */
        ALIKE_QUERIES,
        /** {@code BOOL[n][n]}, true where positive {@code j} says what positive {@code i} says; nowhere if missing. */
        ALIKE_POSITIVES,
        /** {@code [n]}, log of how often the positive stands in batches; scores stay as they are if missing. */
        LOG_Q,
        /** {@code [m][d]}, positives of past batches, without gradient. */
        PAST,
        /** {@code BOOL[n][m]}, true where a past positive answers query {@code i}; nowhere if missing. */
        RELEVANT_PAST,
        /** {@code [n][k]}, what it would cost if a negative and the positive changed places. */
        GAINS,
        /** {@code [n][t]}, raw states of a teacher with {@code t >= d}. */
        TEACHER_QUERY,
        /** {@code [n][t]}. */
        TEACHER_POSITIVE,
        /** {@code [n][k][t]}. */
        TEACHER_NEGATIVES;

        /** {@return whether a teacher gives it} */
        public boolean taught() {
            return this == TEACHER_QUERY || this == TEACHER_POSITIVE || this == TEACHER_NEGATIVES;
        }

        private boolean vectors() {
            return this == QUERY || this == POSITIVE || this == NEGATIVES || this == PAST;
        }
    }

    private Embedded(Map<Role, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** {@return a batch of queries and positives, {@code [n][d]} each} */
    public static Embedded of(Tensor query, Tensor positive) {
        return new Embedded(new EnumMap<>(Map.of(Role.QUERY, query))).with(Role.POSITIVE, positive);
    }

    /**
     * {@return this batch with one more role, or another tensor for it}
     *
     * @throws BadConfig if its number of rows is another
     */
    public Embedded with(Role role, Tensor tensor) {
        Tensor query = tensors.get(Role.QUERY);
        if (query != null && role != Role.PAST && query.size(0) != tensor.size(0)) {
            throw new BadConfig("The role " + name(role) + " has " + tensor.size(0) + " rows, the queries have "
                    + query.size(0) + "; give one row for each query.");
        }
        Map<Role, Tensor> more = new EnumMap<>(tensors);
        more.put(role, tensor);
        return new Embedded(more);
    }

    /**
     * {@return this batch with {@link Role#RELEVANT} from ids: a positive answers each query of the rows that hold it,
     * and a query that occurs twice is answered by the positives of all its rows. So neither is its own negative}
     *
     * @param queries an id for each row
     * @param positives an id for each row
     */
    public Embedded withIds(List<String> queries, List<String> positives) {
        int n = rows();
        byte[] relevant = new byte[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean same = queries.get(i).equals(queries.get(j))
                        || positives.get(i).equals(positives.get(j));
                relevant[i * n + j] = (byte) (same ? 1 : 0);
            }
        }
        return with(
                Role.RELEVANT,
                Tensors.of(relevant, n, n).to(DType.BOOL).to(get(Role.QUERY).device()));
    }

    /** {@return whether the role is there} */
    public boolean has(Role role) {
        return tensors.containsKey(role);
    }

    /**
     * {@return the tensor of a role}
     *
     * @throws BadConfig if there is none
     */
    public Tensor get(Role role) {
        Tensor tensor = tensors.get(role);
        if (tensor == null) {
            throw new BadConfig("The loss needs the role " + name(role) + ", the data has "
                    + String.join(
                            ", ", tensors.keySet().stream().map(Embedded::name).toList())
                    + "; add it to the data or choose another loss.");
        }
        return tensor;
    }

    /** {@return how many rows there are} */
    public int rows() {
        return get(Role.QUERY).size(0);
    }

    /** {@return numbers of a query's vector} */
    public int dims() {
        return get(Role.QUERY).size(1);
    }

    /** {@return the batch with each vector of query, positive and negatives cut to its first numbers} */
    public Embedded prefix(int dims) {
        return mapVectors(vectors -> vectors.narrow(-1, 0, dims));
    }

    private Embedded mapVectors(UnaryOperator<Tensor> change) {
        Map<Role, Tensor> changed = new EnumMap<>(tensors);
        changed.replaceAll((role, tensor) -> role.vectors() ? change.apply(tensor) : tensor);
        return new Embedded(changed);
    }

    /** {@return {@code BOOL[n][n]}: {@link Role#RELEVANT} with its diagonal} */
    Tensor relevant() {
        Tensor diagonal = diagonal();
        Tensor given = tensors.get(Role.RELEVANT);
        return given == null ? diagonal : given.or(diagonal);
    }

    /** {@return {@code BOOL[n][n]}, true on the diagonal} */
    Tensor diagonal() {
        Tensor range = Tensors.range(rows(), get(Role.QUERY).device());
        return range.unsqueeze(1).eq(range.unsqueeze(0));
    }

    /** {@return {@code BOOL[n][k]}: {@link Role#ABSENT}, or false everywhere} */
    Tensor absent() {
        Tensor given = tensors.get(Role.ABSENT);
        Tensor negatives = get(Role.NEGATIVES);
        return Objects.requireNonNullElseGet(
                given, () -> Tensors.zeros(DType.BOOL, negatives.device(), Arrays.copyOf(negatives.shape(), 2)));
    }

    /** {@return {@code BOOL[n][n k]}: {@link Role#RELEVANT_NEGATIVES}, or where a negative is absent} */
    Tensor relevantNegatives() {
        Tensor negatives = get(Role.NEGATIVES);
        int all = rows() * negatives.size(1);
        return Objects.requireNonNullElseGet(
                tensors.get(Role.RELEVANT_NEGATIVES),
                () -> absent().reshape(1, all).expand(rows(), all));
    }

    /** {@return {@code BOOL[n][n]}: whether rows share a query or positive, or that role says they are alike} */
    Tensor alike(Role role) {
        Tensor shared = relevant().or(relevant().transpose(0, 1));
        Tensor given = tensors.get(role);
        return given == null ? shared : shared.or(given);
    }

    /** {@return {@code BOOL[n][m]}: {@link Role#RELEVANT_PAST}, or false everywhere} */
    Tensor relevantPast() {
        Tensor past = get(Role.PAST);
        return Objects.requireNonNullElseGet(
                tensors.get(Role.RELEVANT_PAST), () -> Tensors.zeros(DType.BOOL, past.device(), rows(), past.size(0)));
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
