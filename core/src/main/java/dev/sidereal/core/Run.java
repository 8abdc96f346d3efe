package dev.sidereal.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one system returned for a set of queries. Immutable.
 *
 * @param name the system
 * @param results query id to its results, best first as the system ranked them
 */
public record Run(String name, Map<String, List<Scored>> results) {
    public Run {
        Map<String, List<Scored>> copy = new LinkedHashMap<>();
        results.forEach((query, list) -> copy.put(query, List.copyOf(list)));
        results = Collections.unmodifiableMap(copy);
    }

    /**
     * One result.
     *
     * @param itemId the item
     * @param score higher is better; finite
     */
    public record Scored(String itemId, double score) {}

    /** {@return the results of one query, empty if the system returned none} */
    public List<Scored> of(String queryId) {
        return results.getOrDefault(queryId, List.of());
    }
}
