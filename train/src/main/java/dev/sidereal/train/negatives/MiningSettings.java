package dev.sidereal.train.negatives;

import dev.sidereal.core.error.BadConfig;

/**
 * How much is mined.
 *
 * @param negatives how many a query; 4 to 8 are usual
 * @param shortfall what is done for a query with fewer
 * @param block queries taken at a time: memory is proportional to it times the pool
 * @param round seed and step
 */
public record MiningSettings(int negatives, Shortfall shortfall, int block, Round round) {
    /** Negatives a query where nothing is said. */
    public static final int DEFAULT_NEGATIVES = 7;

    private static final int DEFAULT_BLOCK = 64;

    public MiningSettings {
        if (negatives < 1) {
            throw new BadConfig("negatives must be at least 1, got " + negatives);
        }
        if (block < 1) {
            throw new BadConfig("block must be at least 1, got " + block);
        }
    }

    /** {@return the defaults: 7 negatives, fewer if there are no more, 64 queries at a time} */
    public static MiningSettings of(long seed) {
        return new MiningSettings(DEFAULT_NEGATIVES, Shortfall.FEWER, DEFAULT_BLOCK, new Round(seed, 0));
    }

    /** {@return these settings with another number of negatives} */
    public MiningSettings withNegatives(int negatives) {
        return new MiningSettings(negatives, shortfall, block, round);
    }

    /** {@return these settings with another rule for short queries} */
    public MiningSettings withShortfall(Shortfall shortfall) {
        return new MiningSettings(negatives, shortfall, block, round);
    }

    /** {@return these settings at another step} */
    public MiningSettings atStep(long step) {
        return new MiningSettings(negatives, shortfall, block, new Round(round.seed(), step));
    }

    /** What is done for a query that has fewer negatives than asked; always counted in the report. */
    public enum Shortfall {
        /** It keeps what it has. */
        FEWER,
        /** Uniformly random documents that pass the filters up to the duplicates fill it up. */
        RANDOM_FILL,
        /** Candidates that only a filter by rank, score or teacher took out fill it up, lowest score first. */
        RELAX
    }
}
