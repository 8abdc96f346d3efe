package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.List;
import java.util.Set;

/**
 * Hard-negative InfoNCE whose labels are smoothed where a teacher doubts them: the target is {@code 1 - e} on the positive
 * and {@code e} shared by the negatives whose score {@code T_k} is above {@code T_0 - (1 - rho) |T_0|}; in rows without
 * such a negative it is one-hot. {@code T} is {@link Role#SCORES}. Of our own design, with the line of NV-Retriever (arXiv
 * 2407.15831).
 *
 * @param temperature above 0
 * @param smoothing {@code e}, from 0 to below 1
 * @param rho share of the positive's score above which a negative is suspect, above 0, at most 1
 */
public record SuspectSmoothing(double temperature, double smoothing, double rho) implements Loss {
    /** @throws BadConfig naming the value that does not fit */
    public SuspectSmoothing {
        if (!(temperature > 0) || !(smoothing >= 0 && smoothing < 1) || !(rho > 0 && rho <= 1)) {
            throw new BadConfig("Smoothing of suspects needs a temperature above 0, a smoothing from 0 to below 1 and a"
                    + " rho above 0 and at most 1, got " + temperature + ", " + smoothing + " and " + rho + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor teacher = TeacherScores.of(batch);
        Tensor positive = teacher.narrow(1, 0, 1);
        Tensor line = positive.sub(positive.abs().mul(1 - rho));
        Tensor suspect = teacher.narrow(1, 1, teacher.size(1) - 1L)
                .gt(line)
                .and(batch.absent().not())
                .to(teacher.dtype());
        Tensor count = suspect.sum(1);
        Tensor share = count.gt(0).to(teacher.dtype()).mul(smoothing);
        Tensor right = Similarity.COSINE.positives(batch).div(temperature);
        Tensor others = Similarity.COSINE.negatives(batch).div(temperature);
        Tensor logits = Tensors.cat(
                1, List.of(right.unsqueeze(1), others.maskedFill(batch.absent(), Double.NEGATIVE_INFINITY)));
        Tensor doubted =
                others.maskedFill(batch.absent(), 0).mul(suspect).sum(1).div(count.clamp(1, Double.POSITIVE_INFINITY));
        Tensor target = right.sub(right.mul(share)).add(doubted.mul(share));
        return logits.logSumExp(1).sub(target).mean();
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES, Role.SCORES);
    }
}
