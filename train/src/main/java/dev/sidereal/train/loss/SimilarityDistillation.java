package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How near the texts of a batch are to each other, learnt from a teacher of any width: for each text,
 * {@code KL(softmax(cos^T / t) || softmax(cos / t))} over all other texts of the batch, queries, positives and negatives
 * alike, mean over texts. Nothing is learnt about where vectors point, only how they lie to each other, so no text counts
 * as right or wrong. Ours, after relational distillation (Park et al., arXiv 1904.05068) and the distributions over
 * similarities of SEED (Fang et al., arXiv 2101.04731), which has a queue where this has the batch.
 *
 * @param temperature {@code t}, above 0, of both
 */
public record SimilarityDistillation(double temperature) implements Loss {
    // As good as minus infinity, without its NaN where both distributions have 0.
    private static final double NOWHERE = -1e30;

    /** @throws BadConfig if the temperature does not fit */
    public SimilarityDistillation {
        if (!(temperature > 0)) {
            throw new BadConfig("Similarity distillation needs a temperature above 0, got " + temperature + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor ours = texts(batch, Role.QUERY, Role.POSITIVE, Role.NEGATIVES);
        Tensor theirs = texts(batch, Role.TEACHER_QUERY, Role.TEACHER_POSITIVE, Role.TEACHER_NEGATIVES)
                .detach();
        Tensor absent = absent(batch);
        Tensor positions = Tensors.range(ours.size(0), ours.device());
        Tensor self = positions.unsqueeze(1).eq(positions.unsqueeze(0));
        Tensor out = self.or(absent.unsqueeze(0)).or(absent.unsqueeze(1));
        // The row of an absent text is even on both sides: it adds nothing, but must not count.
        Tensor there = absent.not().to(ours.dtype()).sum();
        return Losses.klDivergence(distribution(ours, out), distribution(theirs, out))
                .mul(ours.size(0))
                .div(there);
    }

    /** {@return {@code BOOL[texts]}, true for negatives that are none} */
    private static Tensor absent(Embedded batch) {
        Tensor pairs = Tensors.zeros(DType.BOOL, batch.get(Role.QUERY).device(), 2L * batch.rows());
        return batch.has(Role.NEGATIVES)
                ? Tensors.cat(0, List.of(pairs, batch.absent().reshape(-1)))
                : pairs;
    }

    private static Tensor texts(Embedded batch, Role query, Role positive, Role negatives) {
        List<Tensor> all = new ArrayList<>(List.of(batch.get(query), batch.get(positive)));
        if (batch.has(Role.NEGATIVES)) {
            Tensor vectors = batch.get(negatives);
            all.add(vectors.reshape(-1, vectors.size(2)));
        }
        return Norms.unit(Tensors.cat(0, all));
    }

    private Tensor distribution(Tensor unit, Tensor out) {
        return unit.matmul(unit.transpose(0, 1))
                .div(temperature)
                .maskedFill(out, NOWHERE)
                .logSoftmax(1);
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.TEACHER_QUERY, Role.TEACHER_POSITIVE);
    }
}
