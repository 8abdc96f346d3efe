package dev.sidereal.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The judgments of an evaluation set, by query and item, in the order they were read. Immutable.
 *
 * @param grades query id to item id to grade
 */
public record Qrels(Map<String, Map<String, Integer>> grades) {
    public Qrels {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        grades.forEach((query, byItem) -> copy.put(query, Collections.unmodifiableMap(new LinkedHashMap<>(byItem))));
        grades = Collections.unmodifiableMap(copy);
    }

    /** {@return the judgments in rows; a later row for the same pair replaces the earlier} */
    public static Qrels of(Iterable<Judgment> judgments) {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        for (Judgment j : judgments) {
            grades.computeIfAbsent(j.queryId(), id -> new LinkedHashMap<>()).put(j.itemId(), j.grade());
        }
        return new Qrels(grades);
    }

    /** {@return item id to grade of one query, empty if it was never judged} */
    public Map<String, Integer> of(String queryId) {
        return grades.getOrDefault(queryId, Map.of());
    }
}
