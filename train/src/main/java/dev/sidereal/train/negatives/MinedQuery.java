package dev.sidereal.train.negatives;

import java.util.List;
import java.util.Map;

/**
 * What mining found for one query.
 *
 * @param query the query
 * @param positives its positives with scores, those that a filter found among the candidates last
 * @param negatives the negatives, in the sampler's order
 * @param scored whether the scores are a scorer's; otherwise those of positives mean nothing
 * @param pool how many candidates the source gave
 * @param drops how many candidates each filter took out, in the order they ran
 * @param filled how many negatives came by the shortfall's rule
 */
public record MinedQuery(
        MiningQuery query,
        List<Candidate> positives,
        List<Candidate> negatives,
        boolean scored,
        int pool,
        Map<String, Integer> drops,
        int filled) {
    public MinedQuery {
        positives = List.copyOf(positives);
        negatives = List.copyOf(negatives);
        drops = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(drops));
    }
}
