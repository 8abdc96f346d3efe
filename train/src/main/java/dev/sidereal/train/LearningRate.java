package dev.sidereal.train;

import dev.sidereal.core.error.BadConfig;

/**
 * How fast parameters move: linearly up to the peak, then down along half a cosine to the floor. Source: Loshchilov and
 * Hutter, arXiv 1608.03983, without restarts.
 *
 * @param peak above 0
 * @param floor lowest after the peak, from 0 to the peak; F2LLM's is 1e-7
 * @param warmup steps until the peak, at least 0
 */
public record LearningRate(double peak, double floor, int warmup) {
    /** @throws BadConfig naming the value that does not fit */
    public LearningRate {
        if (!(peak > 0 && floor >= 0 && floor <= peak && warmup >= 0)) {
            throw new BadConfig("A learning rate needs a peak above 0, a floor from 0 to the peak and a warm-up of at"
                    + " least 0 steps, got " + peak + ", " + floor + " and " + warmup + ".");
        }
    }

    /** {@return the rate of a step, counted from 0, of {@code total}} */
    double at(long step, long total) {
        if (step < warmup) {
            return peak * (step + 1) / warmup;
        }
        double done = Math.min(1, (double) (step - warmup) / Math.max(1, total - warmup));
        return floor + (peak - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
