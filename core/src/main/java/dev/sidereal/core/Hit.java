package dev.sidereal.core;

import java.util.List;

/**
 * One result of a search.
 *
 * @param id the item
 * @param score higher is better; comparable only within one result list
 * @param passage position of the best-matching passage in the item, from 0
 * @param legs what each leg contributed; one entry for a single leg, empty if the engine does not say
 */
public record Hit(String id, double score, int passage, List<LegScore> legs) {
    public Hit {
        legs = List.copyOf(legs);
    }

    /**
     * One leg's part in a hit.
     *
     * @param leg the leg's name
     * @param rank position in that leg's own list, from 1
     * @param score the leg's own score
     * @param contribution what it added to the hit's score
     */
    public record LegScore(String leg, int rank, double score, double contribution) {}
}
