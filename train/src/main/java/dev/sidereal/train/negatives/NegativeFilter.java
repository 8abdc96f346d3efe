package dev.sidereal.train.negatives;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes out candidates that may not be negatives. Implementations are thread-safe. */
public interface NegativeFilter {
    /** {@return the reason shown in the report} */
    String name();

    /** {@return when it runs; filters of one stage run in the order given} */
    Stage stage();

    /** {@return which candidates stay, in order} */
    Filtered apply(QueryContext context, List<Candidate> pool);

    /** {@return whether it reads the scorer's scores} */
    default boolean needsScores() {
        return stage() == Stage.SCORE;
    }

    /** The fixed order: cheap and certain first, dear and doubtful last. */
    enum Stage {
        POSITIVES,
        HELD_OUT,
        DUPLICATES,
        RANK,
        SCORE,
        TEACHER,
        JUDGE
    }

    /**
     * What a filter leaves.
     *
     * @param kept candidates that stay, in order
     * @param positives candidates that turned out to be positives, dropped from the pool
     * @param queryGivenUp whether the query gets no negatives at all, not even by the shortfall's rule
     */
    record Filtered(List<Candidate> kept, List<Candidate> positives, boolean queryGivenUp) {
        /** Leaves some, and the query goes on. */
        public Filtered(List<Candidate> kept, List<Candidate> positives) {
            this(kept, positives, false);
        }

        /** {@return nothing, and the query is given up} */
        public static Filtered givenUp() {
            return new Filtered(List.of(), List.of(), true);
        }

        public Filtered {
            kept = List.copyOf(kept);
            positives = List.copyOf(positives);
        }

        /** {@return the candidates that pass a test} */
        public static Filtered where(List<Candidate> pool, Predicate<Candidate> stays) {
            List<Candidate> kept = new ArrayList<>(pool.size());
            for (Candidate candidate : pool) {
                if (stays.test(candidate)) {
                    kept.add(candidate);
                }
            }
            return new Filtered(kept, List.of());
        }
    }
}
