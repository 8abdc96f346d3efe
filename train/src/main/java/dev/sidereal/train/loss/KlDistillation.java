package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.List;
import java.util.Set;

/**
 * Divergence of the student's distribution over positive and negatives from a teacher's:
 * {@code t^2 mean_i KL(softmax(T_i / t) || softmax(s_i / t))} with {@code T} in {@link Role#SCORES}. Sources: Hinton et
 * al., arXiv 1503.02531, section 2, for the temperature and its square; Lin et al. (TCT-ColBERT), arXiv 2010.11386, for
 * ranking.
 *
 * @param temperature {@code t}, above 0, of both
 * @param scale what similarities are multiplied by first, so that cosines can spread as far as the teacher's scores
 * @param similarity {@code s}
 */
public record KlDistillation(double temperature, double scale, Similarity similarity) implements Loss {
    // As good as minus infinity, without its NaN where both distributions have 0.
    private static final double NOWHERE = -1e30;

    /** @throws BadConfig naming the value that does not fit */
    public KlDistillation {
        if (!(temperature > 0 && scale > 0)) {
            throw new BadConfig("KL distillation needs a temperature and a scale above 0, got " + temperature + " and "
                    + scale + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor absent = batch.absent();
        Tensor teacher = TeacherScores.of(batch);
        Tensor right = similarity.positives(batch).unsqueeze(1);
        Tensor ours = distribution(right, similarity.negatives(batch), absent, scale / temperature);
        Tensor theirs = distribution(
                teacher.narrow(1, 0, 1), teacher.narrow(1, 1, teacher.size(1) - 1L), absent, 1 / temperature);
        return Losses.klDivergence(ours, theirs).mul(temperature * temperature);
    }

    private static Tensor distribution(Tensor right, Tensor others, Tensor absent, double factor) {
        return Tensors.cat(1, List.of(right.mul(factor), others.mul(factor).maskedFill(absent, NOWHERE)))
                .logSoftmax(1);
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES, Role.SCORES);
    }
}
