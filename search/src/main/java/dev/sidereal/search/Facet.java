package dev.sidereal.search;

import java.util.List;

/**
 * How often the values of a field occur among the items that match.
 *
 * @param field the field
 * @param values most frequent first, ties by value
 */
public record Facet(String field, List<Count> values) {
    public Facet {
        values = List.copyOf(values);
    }

    /**
     * One value.
     *
     * @param value the keyword, or {@code true} or {@code false}
     * @param items how many items have it
     */
    public record Count(String value, long items) {}
}
