package dev.sidereal.train;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a step went.
 *
 * @param step from 1
 * @param steps of the whole run
 * @param dataset of its last batch
 * @param loss mean over its batches
 * @param gradientNorm before clipping
 * @param learningRate of this step
 * @param tokens real ones, padding left out
 * @param tokensPerSecond of this step, each counted once
 * @param idleRows share of rows whose loss is below 0.001; empty for losses without one by row
 * @param memory bytes the process holds; empty where the system does not tell
 */
public record StepReport(
        long step,
        int steps,
        String dataset,
        double loss,
        double gradientNorm,
        double learningRate,
        long tokens,
        double tokensPerSecond,
        OptionalDouble idleRows,
        OptionalLong memory) {}
