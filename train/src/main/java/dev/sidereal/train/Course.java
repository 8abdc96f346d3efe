package dev.sidereal.train;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.data.BatchComposer;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.Loss;
import java.util.List;

/**
 * A dataset and the loss that its batches are trained with.
 *
 * @param dataset what is learnt
 * @param loss how
 * @param teacher whose vectors the loss may want; {@link Teacher#NONE} if it does not
 * @param composer which examples are cut into batches together
 * @param parts what acts on its negatives while it is trained, in this order
 */
public record Course(Dataset dataset, Loss loss, Teacher teacher, BatchComposer composer, List<LoopPart> parts) {
    /** A dataset without a teacher whose examples meet by chance and whose negatives stay as they are. */
    public Course(Dataset dataset, Loss loss) {
        this(dataset, loss, Teacher.NONE);
    }

    /** A dataset with a teacher, whose examples meet by chance and whose negatives stay as they are. */
    public Course(Dataset dataset, Loss loss, Teacher teacher) {
        this(dataset, loss, teacher, BatchComposer.mixed(), List.of());
    }

    /**
     * @throws BadInput with file and line if an example lacks a role that the loss needs
     * @throws BadConfig if the loss needs vectors of a teacher and there is none, or in-batch negatives of data that has
     *     none
     */
    public Course {
        parts = List.copyOf(parts);
        if (loss.inBatch() && !dataset.inBatch()) {
            throw new BadConfig(
                    "The loss for " + dataset.name() + " takes texts of other rows as negatives, and in this"
                            + " data they are none; choose a loss of hard negatives or of scores.");
        }
        for (Role role : loss.needs()) {
            switch (role) {
                case NEGATIVES -> {
                    if (!bringsNegatives(parts)) {
                        require(dataset, false);
                    }
                }
                case SCORES -> require(dataset, true);
                case TEACHER_QUERY, TEACHER_POSITIVE, TEACHER_NEGATIVES -> {
                    if (teacher.equals(Teacher.NONE)) {
                        throw new BadConfig("The loss for " + dataset.name()
                                + " needs vectors of a teacher, and there is none; name a teacher or leave"
                                + " distillation out.");
                    }
                }
                case GAINS -> requireAdore(dataset, parts);
                case QUERY,
                        POSITIVE,
                        ABSENT,
                        RELEVANT,
                        RELEVANT_NEGATIVES,
                        ALIKE_QUERIES,
                        ALIKE_POSITIVES,
                        LOG_Q,
                        PAST,
                        RELEVANT_PAST -> {}
            }
        }
    }

    private static boolean bringsNegatives(List<LoopPart> parts) {
        return parts.stream().anyMatch(LoopPart::bringsNegatives);
    }

    private static void requireAdore(Dataset dataset, List<LoopPart> parts) {
        if (!bringsNegatives(parts)) {
            throw new BadConfig("The loss for " + dataset.name() + " weighs pairs by what live retrieval gains, and"
                    + " nothing retrieves; mine with the strategy 'adore'.");
        }
    }

    private static void require(Dataset dataset, boolean scores) {
        for (Example example : dataset.examples()) {
            if (scores ? example.scores().isEmpty() : example.negatives().isEmpty()) {
                throw new BadInput(example.where() + ": the loss needs " + (scores ? "scores" : "negatives")
                        + ", the example has none; add them or choose another loss");
            }
        }
    }
}
