package dev.sidereal.search;

import java.util.List;

/**
 * Why an item was found.
 *
 * @param id the item
 * @param score its score in the result
 * @param legs what each leg says, in the order of the legs
 */
public record Explanation(String id, double score, List<Leg> legs) {
    public Explanation {
        legs = List.copyOf(legs);
    }

    /**
     * One leg's say.
     *
     * @param leg its name
     * @param rank position in the leg's own list, from 1; 0 if the leg did not find the item by itself
     * @param score the leg's score of the item
     * @param contribution what that added to the result's score
     * @param passage the passage that the leg likes best
     * @param parts of the score, greatest first
     */
    public record Leg(String leg, int rank, double score, double contribution, Passage passage, List<Part> parts) {
        public Leg {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A term or a similarity with its share.
     *
     * @param what the term, or what was compared
     * @param score its share in the leg's score
     */
    public record Part(String what, double score) {}
}
