package dev.sidereal.train.negatives;

import dev.sidereal.core.error.BadInput;
import java.util.List;

/**
 * What filters and samplers know of a query.
 *
 * @param query the query
 * @param positives its positives with the scorer's scores, in the query's order
 * @param corpus where texts are read
 * @param round for random choices and curricula
 */
public record QueryContext(MiningQuery query, List<Candidate> positives, Corpus corpus, Round round) {
    public QueryContext {
        positives = List.copyOf(positives);
        if (positives.isEmpty()) {
            throw new BadInput("query '" + query.id() + "' has no scored positive");
        }
    }

    /** {@return the score of the positive that scores lowest: what a negative must stay under} */
    public double lowestPositive() {
        return positives.stream().mapToDouble(Candidate::score).min().orElseThrow();
    }
}
