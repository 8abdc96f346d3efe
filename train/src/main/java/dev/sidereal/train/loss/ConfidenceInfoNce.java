package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * Hard-negative InfoNCE in which a negative counts as much as a teacher trusts it:
 * {@code -log(e^{s+/t} / (e^{s+/t} + sum_k w_k e^{s_k/t}))} with {@code w_k = sigmoid((T_0 - T_k - m) / g)}, {@code s}
 * cosines and {@code T} in {@link Role#SCORES}. A negative that the teacher puts far above the positive is as good as left
 * out, one far below counts in full. Of our own design.
 *
 * @param temperature {@code t}, above 0
 * @param margin {@code m}, how far below the positive a negative is half trusted, on the teacher's scale
 * @param width {@code g}, how fast trust grows, on the teacher's scale, above 0
 */
public record ConfidenceInfoNce(double temperature, double margin, double width) implements Loss {
    private static final double LEAST = 1e-30;

    /** @throws BadConfig naming the value that does not fit */
    public ConfidenceInfoNce {
        if (!(temperature > 0) || !(width > 0) || !Double.isFinite(margin)) {
            throw new BadConfig(
                    "InfoNCE with confidence needs a temperature and a width above 0 and a finite margin, got "
                            + temperature + ", " + width + " and " + margin + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor teacher = TeacherScores.of(batch);
        Tensor ahead = teacher.narrow(1, 0, 1).sub(teacher.narrow(1, 1, teacher.size(1) - 1L));
        Tensor weights = Activations.sigmoid(ahead.add(-margin).div(width)).clamp(LEAST, 1);
        Tensor right = Similarity.COSINE.positives(batch).div(temperature);
        Tensor others = Similarity.COSINE.negatives(batch).div(temperature).add(weights.log());
        return new Candidates(right, others, batch.absent()).crossEntropy(0);
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES, Role.SCORES);
    }
}
