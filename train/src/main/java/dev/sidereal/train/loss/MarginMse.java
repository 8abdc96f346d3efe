package dev.sidereal.train.loss;

import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * Squared difference of margins to a teacher's:
 * {@code mean over i, k of ((s(q_i,p_i) - s(q_i,n_ik)) - (T_i0 - T_i(k+1)))^2} with {@code T} in {@link Role#SCORES}.
 * Source: Hofstaetter et al., arXiv 2010.02666, equation 8.
 *
 * @param similarity {@code s}; the paper's is the dot product
 */
public record MarginMse(Similarity similarity) implements Loss {
    @Override
    public Tensor of(Embedded batch) {
        Tensor teacher = TeacherScores.of(batch);
        Tensor ours = similarity.positives(batch).unsqueeze(1).sub(similarity.negatives(batch));
        Tensor theirs = teacher.narrow(1, 0, 1).sub(teacher.narrow(1, 1, teacher.size(1) - 1L));
        Tensor absent = batch.absent();
        Tensor squares = ours.sub(theirs).maskedFill(absent, 0).pow(2);
        return squares.sum().div(absent.not().to(squares.dtype()).sum().clamp(1, Double.POSITIVE_INFINITY));
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES, Role.SCORES);
    }
}
