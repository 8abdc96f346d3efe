package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Cross-entropy of finding a query's positive among other texts of the batch:
 * {@code -log(e^{s(q_i,p_i)/t} / (e^{s(q_i,p_i)/t} + sum of e^{s/t} over the others of row i))}, mean over rows, with
 * others from the chosen directions. Texts that {@link Role#RELEVANT} names are left out of the others, so a positive
 * that occurs twice is not its own negative. Sources: van den Oord et al., arXiv 1807.03748, equation 4; Li et al.
 * (GTE), arXiv 2308.03281, section 3.3, for the four directions in one denominator. F2LLM's in-batch loss is
 * {@link #inBatch}, which has no hard negatives in its denominator.
 *
 * <p>With {@link Role#PAST} the positives of past batches stand beside those of the batch (MoCo, arXiv 1911.05722), with
 * {@link Role#LOG_Q} scores are corrected for how often a document is drawn.
 *
 * <p>Differs: label smoothing (Szegedy et al., arXiv 1512.00567, section 7) spreads over the candidates that are left in
 * a row, not over masked ones.
 *
 * @param temperature {@code t}, above 0
 * @param directions where others come from
 * @param partition whether they stand in one denominator or one each
 * @param smoothing share of the target that is spread evenly, from 0 to below 1
 * @param similarity {@code s}
 */
public record InfoNce(
        double temperature, Set<Direction> directions, Partition partition, double smoothing, Similarity similarity)
        implements Loss {
    /** Where others come from. */
    public enum Direction {
        /** {@code s(q_i, p_j)}, the usual in-batch negatives. */
        QUERY_POSITIVE,
        /** {@code s(q_j, p_i)}. */
        POSITIVE_QUERY,
        /** {@code s(q_i, q_j)}. */
        QUERY_QUERY,
        /** {@code s(p_i, p_j)}. */
        POSITIVE_POSITIVE,
        /** {@code s(q_i, n_ik)}, the row's own hard negatives in the same denominator. */
        QUERY_NEGATIVES,
        /** {@code s(q_i, n_jk)}, the hard negatives of all rows (DPR, arXiv 2004.04906, section 3.2). */
        ALL_NEGATIVES
    }

    /** How directions are put together. */
    public enum Partition {
        /** All in one denominator. */
        JOINT,
        /** A denominator for each, and the mean of their losses. */
        EACH
    }

    /** @throws BadConfig naming the value that does not fit */
    public InfoNce {
        if (!(temperature > 0) || !(smoothing >= 0 && smoothing < 1) || directions.isEmpty()) {
            throw new BadConfig("InfoNCE needs a temperature above 0, a smoothing from 0 to below 1 and at least one"
                    + " direction, got " + temperature + ", " + smoothing + " and " + directions + ".");
        }
        directions = Set.copyOf(directions);
    }

    /** {@return the loss with in-batch positives of other rows as negatives, on cosines} */
    public static InfoNce inBatch(double temperature) {
        return of(temperature, EnumSet.of(Direction.QUERY_POSITIVE), Partition.JOINT);
    }

    /** {@return the mean of finding the positive of a query and the query of a positive} */
    public static InfoNce symmetric(double temperature) {
        return of(temperature, EnumSet.of(Direction.QUERY_POSITIVE, Direction.POSITIVE_QUERY), Partition.EACH);
    }

    /** {@return the loss with other rows' positives and all rows' hard negatives in one denominator, as DPR and E5 have it} */
    public static InfoNce shared(double temperature) {
        return of(temperature, EnumSet.of(Direction.QUERY_POSITIVE, Direction.ALL_NEGATIVES), Partition.JOINT);
    }

    /** {@return the loss with others from all of those directions, on cosines} */
    public static InfoNce of(double temperature, Set<Direction> directions, Partition partition) {
        return new InfoNce(temperature, directions, partition, 0, Similarity.COSINE);
    }

    /** {@return this loss with smoothed labels} */
    public InfoNce withSmoothing(double share) {
        return new InfoNce(temperature, directions, partition, share, similarity);
    }

    @Override
    public Tensor of(Embedded batch) {
        List<Candidates> parts = parts(batch);
        return switch (partition) {
            case JOINT -> Candidates.join(parts).crossEntropy(smoothing);
            case EACH ->
                Tensors.stack(
                                0,
                                parts.stream()
                                        .map(p -> p.crossEntropy(smoothing))
                                        .toList())
                        .mean();
        };
    }

    private List<Candidates> parts(Embedded batch) {
        return EnumSet.copyOf(directions).stream()
                .map(direction -> candidates(direction, batch))
                .toList();
    }

    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return OptionalDouble.of(Candidates.join(parts(batch)).idle());
    }

    private Candidates candidates(Direction direction, Embedded batch) {
        Tensor right = similarity.positives(batch).div(temperature);
        Tensor q = batch.get(Role.QUERY);
        Tensor p = batch.get(Role.POSITIVE);
        Tensor relevant = batch.relevant();
        return switch (direction) {
            case QUERY_POSITIVE ->
                withPast(batch, inBatch(batch, right, similarity.all(q, p).div(temperature)));
            case POSITIVE_QUERY ->
                new Candidates(right, similarity.all(p, q).div(temperature), relevant.transpose(0, 1));
            case QUERY_QUERY ->
                new Candidates(right, similarity.all(q, q).div(temperature), batch.alike(Role.ALIKE_QUERIES));
            case POSITIVE_POSITIVE ->
                new Candidates(right, similarity.all(p, p).div(temperature), batch.alike(Role.ALIKE_POSITIVES));
            case QUERY_NEGATIVES ->
                new Candidates(right, similarity.negatives(batch).div(temperature), batch.absent());
            case ALL_NEGATIVES -> {
                Tensor negatives = batch.get(Role.NEGATIVES);
                Tensor all = negatives.reshape(-1, negatives.size(2));
                yield new Candidates(right, similarity.all(q, all).div(temperature), batch.relevantNegatives());
            }
        };
    }

    /** Scores less the log of how often a positive is drawn, its own included (Yi et al., RecSys 2019, equation 3). */
    private static Candidates inBatch(Embedded batch, Tensor right, Tensor others) {
        if (!batch.has(Role.LOG_Q)) {
            return new Candidates(right, others, batch.relevant());
        }
        Tensor logQ = batch.get(Role.LOG_Q);
        return new Candidates(right.sub(logQ), others.sub(logQ.unsqueeze(0)), batch.relevant());
    }

    private Candidates withPast(Embedded batch, Candidates now) {
        if (!batch.has(Role.PAST)) {
            return now;
        }
        Tensor past =
                similarity.all(batch.get(Role.QUERY), batch.get(Role.PAST)).div(temperature);
        return Candidates.join(List.of(now, new Candidates(now.right(), past, batch.relevantPast())));
    }

    @Override
    public boolean inBatch() {
        return directions.stream().anyMatch(direction -> direction != Direction.QUERY_NEGATIVES);
    }

    @Override
    public Set<Role> needs() {
        return directions.contains(Direction.QUERY_NEGATIVES) || directions.contains(Direction.ALL_NEGATIVES)
                ? Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES)
                : Set.of(Role.QUERY, Role.POSITIVE);
    }
}
