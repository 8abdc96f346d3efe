package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * Distance of raw states to the first {@code d} numbers of a teacher's:
 * {@code MSE(q, qT[:d]) + MSE(p, pT[:d]) + MSE(n, nT[:d])}, the last only where there are negatives. States are those
 * before any scaling to unit length, and the teacher's prefix means something only if it was trained with
 * {@link Matryoshka}. Source: F2LLM-v2, arXiv 2603.19223, {@code L_KD}.
 */
public record PrefixDistillation() implements Loss {
    @Override
    public Tensor of(Embedded batch) {
        Tensor loss = distance(batch.get(Role.QUERY), batch.get(Role.TEACHER_QUERY))
                .add(distance(batch.get(Role.POSITIVE), batch.get(Role.TEACHER_POSITIVE)));
        return batch.has(Role.NEGATIVES) ? loss.add(ofNegatives(batch)) : loss;
    }

    private static Tensor distance(Tensor student, Tensor teacher) {
        return Losses.meanSquaredError(student, prefix(student, teacher));
    }

    private static Tensor ofNegatives(Embedded batch) {
        Tensor student = batch.get(Role.NEGATIVES);
        Tensor teacher = prefix(student, batch.get(Role.TEACHER_NEGATIVES));
        Tensor there = batch.absent().not().to(student.dtype());
        Tensor means = student.sub(teacher).pow(2).mean(-1);
        return means.mul(there).sum().div(there.sum().clamp(1, Double.POSITIVE_INFINITY));
    }

    private static Tensor prefix(Tensor student, Tensor teacher) {
        if (teacher.size(-1) < student.size(-1)) {
            throw new BadConfig("The teacher's vectors have " + teacher.size(-1) + " dimensions, the student's "
                    + student.size(-1) + "; choose a teacher that is at least as wide.");
        }
        return teacher.detach().narrow(-1, 0, student.size(-1));
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.TEACHER_QUERY, Role.TEACHER_POSITIVE);
    }
}
