package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Asks two judges, the second only about what the first calls relevant; what both call relevant becomes a positive. The
 * judges see texts in shuffled order, without scores or ranks. Source: RLHN, arXiv 2505.16967, section 3: a cheap model
 * flags, a strong one confirms, relabelling beats dropping.
 *
 * @param flags the cheap judge
 * @param confirms the strong judge
 * @param action what happens to what both call relevant
 */
public record Judged(RelevanceJudge flags, RelevanceJudge confirms, Action action) implements NegativeFilter {
    /** What happens to candidates that both judges call relevant. */
    public enum Action {
        /** They become positives, the best of the three in the paper. */
        RELABEL,
        /** They are no negatives. */
        DROP,
        /** The query has no negatives at all, nor any to fill up with. */
        REMOVE_QUERY
    }

    /** Relabels. */
    public Judged(RelevanceJudge flags, RelevanceJudge confirms) {
        this(flags, confirms, Action.RELABEL);
    }

    /** Says which texts answer a query: a language model, a person, a recording of either. */
    @FunctionalInterface
    public interface RelevanceJudge {
        /** {@return one answer a text, in order} */
        List<Boolean> relevant(String query, List<String> texts);

        /** {@return its name, for the report's key} */
        default String name() {
            return "judge";
        }
    }

    @Override
    public String name() {
        return "rlhn";
    }

    @Override
    public Stage stage() {
        return Stage.JUDGE;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        List<Candidate> order = new ArrayList<>(pool);
        Collections.shuffle(
                order, Random.from(context.round().random(context.query().id(), name())));
        List<Candidate> relevant = relevant(confirms, context, relevant(flags, context, order));
        List<Candidate> kept = new ArrayList<>(pool);
        kept.removeAll(relevant);
        return switch (action) {
            case RELABEL ->
                new Filtered(kept, relevant.stream().filter(c -> !c.isWritten()).toList());
            case DROP -> new Filtered(kept, List.of());
            case REMOVE_QUERY -> relevant.isEmpty() ? new Filtered(pool, List.of()) : Filtered.givenUp();
        };
    }

    private static List<Candidate> relevant(RelevanceJudge judge, QueryContext context, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        List<Boolean> answers = judge.relevant(
                context.query().text(),
                candidates.stream().map(c -> c.text(context.corpus())).toList());
        if (answers.size() != candidates.size()) {
            throw new BadInput("the judge '" + judge.name() + "' gave " + answers.size() + " answers for "
                    + candidates.size() + " texts of query '" + context.query().id() + "'");
        }
        List<Candidate> relevant = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (answers.get(i)) {
                relevant.add(candidates.get(i));
            }
        }
        return relevant;
    }

    @Override
    public String toString() {
        return name() + "[" + flags.name() + ", " + confirms.name() + ", " + action + "]";
    }
}
