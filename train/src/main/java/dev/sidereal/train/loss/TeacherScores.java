package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Arrays;

/** Scores of a teacher for a positive and its negatives. */
final class TeacherScores {
    private TeacherScores() {}

    /** {@return {@code [n][1 + k]}} */
    static Tensor of(Embedded batch) {
        Tensor scores = batch.get(Role.SCORES);
        int negatives = batch.get(Role.NEGATIVES).size(1);
        if (scores.rank() != 2 || scores.size(1) != 1 + negatives) {
            throw new BadConfig("A teacher's scores have the shape " + Arrays.toString(scores.shape()) + ", expected ["
                    + batch.rows() + ", " + (1 + negatives)
                    + "]: the positive's first, then one for each negative.");
        }
        return scores;
    }
}
