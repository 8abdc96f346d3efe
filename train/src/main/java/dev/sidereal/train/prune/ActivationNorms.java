package dev.sidereal.train.prune;

import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Squares of activations at one place of a network, summed over the texts of a calibration set for each position. */
final class ActivationNorms {
    private final int channels;
    private final List<double[]> squares = new ArrayList<>();
    private final double[] sums;
    private long tokens;

    ActivationNorms(int channels) {
        this.channels = channels;
        sums = new double[channels];
    }

    /**
     * Counts a batch.
     *
     * @param activations {@code [texts][positions][channels]}
     * @param mask {@code BOOL[texts][positions]}, true for real tokens; null if all are
     */
    void add(Tensor activations, @Nullable Tensor mask) {
        int positions = activations.size(1);
        Tensor real = activations.to(DType.F32);
        if (mask != null) {
            real = real.maskedFill(mask.not().unsqueeze(-1), 0);
        }
        double[] more = real.pow(2).sum(0).to(DType.F64).reshape(-1).doubles();
        double[] sum = real.sum(0).sum(0).to(DType.F64).doubles();
        while (squares.size() < positions) {
            squares.add(new double[channels]);
        }
        for (int t = 0; t < positions; t++) {
            double[] at = squares.get(t);
            for (int c = 0; c < channels; c++) {
                at[c] += more[t * channels + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            sums[c] += sum[c];
        }
        tokens += mask == null
                ? (long) activations.size(0) * positions
                : (long) mask.to(DType.I64).sum().item();
    }

    /**
     * {@return how large activations are: the Euclidean length over texts, its mean over positions, for each group of
     * channels}
     *
     * @param width channels of a group
     */
    double[] scores(int width) {
        double[] scores = new double[channels / width];
        for (double[] at : squares) {
            for (int group = 0; group < scores.length; group++) {
                double sum = 0;
                for (int c = group * width; c < (group + 1) * width; c++) {
                    sum += at[c];
                }
                scores[group] += Math.sqrt(sum) / squares.size();
            }
        }
        return scores;
    }

    /** {@return mean square of what a norm gave before gain and bias, over tokens and the kept channels} */
    double meanSquare(float[] gain, float[] bias, int[] kept) {
        double mean = 0;
        int counted = 0;
        for (int c : kept) {
            if (gain[c] != 0) {
                double square = 0;
                for (double[] at : squares) {
                    square += at[c];
                }
                double centred = (square - 2 * bias[c] * sums[c]) / tokens + (double) bias[c] * bias[c];
                mean += centred / ((double) gain[c] * gain[c]);
                counted++;
            }
        }
        return counted == 0 ? 1 : mean / counted;
    }
}
