package dev.sidereal.train.negatives.batch;

import dev.sidereal.core.error.BadInput;

/**
 * The correction of sampled softmax for in-batch negatives, which come as often as they are positives: a score becomes
 * {@code s - log p(n)}. Source: Yi et al., RecSys 2019, equation 2; p is the share of batches' rows, known from counts.
 */
public final class LogQ {
    private final float[] correction;

    /**
     * Makes the correction.
     *
     * @param counts how often each document is a positive in the training set
     */
    public LogQ(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        if (sum == 0) {
            throw new BadInput("no document is a positive, so in-batch frequencies cannot be told");
        }
        correction = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            correction[i] = counts[i] == 0 ? 0 : (float) -Math.log((double) counts[i] / sum);
        }
    }

    /** {@return what is added to a document's score; 0 for one that is never a positive} */
    public float of(int document) {
        return correction[document];
    }
}
