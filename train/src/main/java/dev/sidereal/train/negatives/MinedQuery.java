package dev.sidereal.train.negatives;

import java.util.ArrayList;
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

    /** {@return this with what another strategy found for the same query; no text twice, positives win} */
    public MinedQuery with(MinedQuery other) {
        List<Candidate> answers = new ArrayList<>(positives);
        other.positives.stream().filter(p -> !among(answers, p)).forEach(answers::add);
        List<Candidate> all = new ArrayList<>();
        for (Candidate candidate : negatives) {
            if (!among(answers, candidate)) {
                all.add(candidate);
            }
        }
        for (Candidate candidate : other.negatives) {
            if (!among(answers, candidate) && !among(all, candidate)) {
                all.add(candidate);
            }
        }
        // Scores of two scorers are not on one scale.
        return new MinedQuery(query, answers, all, false, pool + other.pool, drops, filled + other.filled);
    }

    private static boolean among(List<Candidate> known, Candidate candidate) {
        return known.stream()
                .anyMatch(c -> c.document() == candidate.document() && c.text().equals(candidate.text()));
    }
}
