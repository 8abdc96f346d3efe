package dev.sidereal.engine;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.search.Facet;
import dev.sidereal.search.Snippet;
import java.util.List;

/**
 * One page of results.
 *
 * @param system by which it was searched
 * @param matching how many items are admitted and share a word with the query
 * @param results of this page, best first
 * @param facets as asked
 * @param millis wall-clock of the search alone, encoding of the query included
 */
public record SearchPage(String system, long matching, List<Result> results, List<Facet> facets, double millis) {
    public SearchPage {
        results = List.copyOf(results);
        facets = List.copyOf(facets);
    }

    /**
     * One result.
     *
     * @param rank from 1, over all pages
     * @param item what was found
     * @param hit its score and each leg's part
     * @param heading of the passage that matched best
     * @param snippet of that passage
     */
    public record Result(int rank, Item item, Hit hit, String heading, Snippet snippet) {}
}
