package dev.sidereal.train.negatives.batch;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;

/**
 * Negatives mixed of vectors: {@code norm(beta p + (1 - beta) n)} with beta below one half, or of two negatives. Source:
 * Kalantidis et al., MoCHi, arXiv 2010.01028, equations 4 and 5.
 */
public final class EmbeddingMix {
    private EmbeddingMix() {}

    /**
     * {@return a unit vector between a negative and its positive, nearer to the negative}
     *
     * @param beta share of the positive, 0 to below 0.5
     */
    public static float[] withPositive(float[] positive, float[] negative, double beta) {
        if (!(beta >= 0 && beta < 0.5)) {
            throw new BadConfig("the positive's share in a mixed negative must be 0 to below 0.5, got " + beta);
        }
        return mix(positive, negative, beta);
    }

    /** {@return a unit vector between two negatives} */
    public static float[] ofNegatives(float[] one, float[] other, double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new BadConfig("the share of a negative in a mixed one must be 0 to 1, got " + alpha);
        }
        return mix(one, other, alpha);
    }

    private static float[] mix(float[] a, float[] b, double share) {
        float[] mixed = new float[a.length];
        for (int d = 0; d < mixed.length; d++) {
            mixed[d] = (float) (share * a[d] + (1 - share) * b[d]);
        }
        Vectors.normalise(mixed);
        return mixed;
    }
}
