package dev.sidereal.core.vector;

/**
 * One move of Adam with decoupled weight decay, the same for every number. Source: Loshchilov and Hutter, arXiv
 * 1711.05101, algorithm 2.
 *
 * @param gradientScale what each gradient is multiplied with first
 * @param beta1 decay of the mean gradient
 * @param beta2 decay of the mean squared gradient
 * @param epsilon added to the root of the corrected latter
 * @param kept what share of itself a parameter keeps: 1 less learning rate times weight decay
 * @param rate learning rate by the correction of the mean
 * @param rootCorrection root of the correction of the square
 */
public record AdamMove(
        double gradientScale,
        double beta1,
        double beta2,
        double epsilon,
        double kept,
        double rate,
        double rootCorrection) {}
