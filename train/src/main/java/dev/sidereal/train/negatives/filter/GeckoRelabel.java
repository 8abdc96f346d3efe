package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A ranker orders positives and candidates together, blind and shuffled: a candidate that it puts first of all
 * becomes a positive, those from the {@code k}-th place on stay as negatives, in its order, and the rest are dropped, as are
 * those it does not rank. Source: Lee et al., Gecko, arXiv 2403.20327, section 3.2: the best is the positive, a lower one
 * the hard negative.
 *
 * @param ranker a language model as a rule
 * @param k first place of a negative, from 2
 */
public record GeckoRelabel(Ranker ranker, int k) implements NegativeFilter {
    /** First place of a negative where nothing is said. */
    public static final int PLACE = 5;

    public GeckoRelabel {
        if (k < 2) {
            throw new BadConfig("gecko takes negatives from place 2 or a later one, got " + k);
        }
    }

    /** Puts texts in order. */
    public interface Ranker {
        /** {@return its name, for the report's key} */
        String name();

        /** {@return positions of the texts from 0, best first; those left out are not ranked} */
        List<Integer> rank(String query, List<String> texts);
    }

    @Override
    public String name() {
        return "gecko";
    }

    @Override
    public Stage stage() {
        return Stage.JUDGE;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        List<Candidate> shown = new ArrayList<>(context.positives());
        shown.addAll(pool);
        Collections.shuffle(
                shown, Random.from(context.round().random(context.query().id(), name())));
        List<Integer> order = ranker.rank(
                context.query().text(),
                shown.stream().map(c -> c.text(context.corpus())).toList());
        List<Candidate> kept = new ArrayList<>();
        List<Candidate> positives = new ArrayList<>();
        for (int place = 1; place <= order.size(); place++) {
            Candidate candidate = shown.get(order.get(place - 1));
            boolean known = context.positives().contains(candidate);
            if (place == 1 && !known && !candidate.isWritten()) {
                positives.add(candidate);
            } else if (place >= k && !known) {
                kept.add(candidate);
            }
        }
        return new Filtered(kept, positives);
    }

    @Override
    public String toString() {
        return "gecko[" + ranker.name() + ", " + k + "]";
    }
}
