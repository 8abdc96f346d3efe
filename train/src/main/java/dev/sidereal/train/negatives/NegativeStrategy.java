package dev.sidereal.train.negatives;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.filter.DuplicateText;
import dev.sidereal.train.negatives.filter.KnownPositives;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A way to get negatives: source, scores, filters in the order of their stages, sampler. Known
 * positives and duplicate texts are always taken out, whether their filters are named or not.
 *
 * @param name the name its paper uses
 * @param source where candidates come from
 * @param pool how many candidates a query
 * @param scorer whose scores filters and sampler read
 * @param filters in the order they run
 * @param sampler picks the negatives
 */
public record NegativeStrategy(
        String name,
        CandidateSource source,
        int pool,
        PairScorer scorer,
        List<NegativeFilter> filters,
        NegativeSampler sampler) {
    public NegativeStrategy {
        if (pool < 1) {
            throw new BadConfig("the pool of strategy '" + name + "' must be at least 1, got " + pool);
        }
        filters = inOrder(filters);
        if (scorer instanceof NoScores) {
            for (NegativeFilter filter : filters) {
                if (filter.needsScores()) {
                    throw needsScores(name, "filter", filter.name());
                }
            }
            if (sampler.needsScores()) {
                throw needsScores(name, "sampler", sampler.name());
            }
        }
    }

    /** {@return this strategy with one more filter} */
    public NegativeStrategy with(NegativeFilter filter) {
        List<NegativeFilter> more = new ArrayList<>(filters);
        more.add(filter);
        return new NegativeStrategy(name, source, pool, scorer, more, sampler);
    }

    private static List<NegativeFilter> inOrder(List<NegativeFilter> given) {
        List<NegativeFilter> filters = new ArrayList<>(given);
        if (filters.stream().noneMatch(KnownPositives.class::isInstance)) {
            filters.add(new KnownPositives());
        }
        if (filters.stream().noneMatch(DuplicateText.class::isInstance)) {
            filters.add(new DuplicateText());
        }
        filters.sort(Comparator.comparing(NegativeFilter::stage));
        return List.copyOf(filters);
    }

    private static BadConfig needsScores(String strategy, String kind, String part) {
        return new BadConfig("strategy '" + strategy + "': the " + kind + " '" + part + "' compares scores of positives"
                + " and candidates, but no scorer is given; name a bi-encoder, a teacher or a run with scores");
    }
}
