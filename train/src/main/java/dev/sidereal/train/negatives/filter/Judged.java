package dev.sidereal.train.negatives.filter;

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
 */
public record Judged(RelevanceJudge flags, RelevanceJudge confirms) implements NegativeFilter {
    /** Says which texts answer a query: a language model, a person, a recording of either. */
    @FunctionalInterface
    public interface RelevanceJudge {
        /** {@return one answer a text, in order} */
        List<Boolean> relevant(String query, List<String> texts);
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
        return new Filtered(kept, relevant.stream().filter(c -> !c.isWritten()).toList());
    }

    private static List<Candidate> relevant(RelevanceJudge judge, QueryContext context, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        List<Boolean> answers = judge.relevant(
                context.query().text(),
                candidates.stream().map(c -> c.text(context.corpus())).toList());
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
        return name();
    }
}
