package dev.sidereal.train.negatives;

import dev.sidereal.core.format.TextHash;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One round of mining: what random choices and curricula depend on.
 *
 * @param seed equal seeds give equal choices
 * @param step optimiser steps done so far, from 0
 */
public record Round(long seed, long step) {
    public Round {
        if (step < 0) {
            throw new IllegalArgumentException("a step is not negative, got " + step);
        }
    }

    /**
     * {@return random numbers that depend on the round, the query and the purpose alone, not on the order of queries}
     *
     * @param queryId whose choice
     * @param purpose a name; two purposes have independent numbers
     */
    public RandomGenerator random(String queryId, String purpose) {
        return new SplittableRandom(TextHash.of(seed + "\n" + step + "\n" + purpose + "\n" + queryId));
    }
}
