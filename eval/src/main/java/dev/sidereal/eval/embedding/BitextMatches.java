package dev.sidereal.eval.embedding;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.Vectors;

/**
 * How often a text's translation is the nearest of all, by cosine. Source: the Tatoeba task of Artetxe and Schwenk, arXiv
 * 1812.10464, section 4.3.
 *
 * @param forward share of left texts whose nearest right text is their own
 * @param backward the same from right to left
 * @param f1 of the pairs that are each other's nearest against all pairs
 */
public record BitextMatches(double forward, double backward, double f1) {
    /**
     * {@return the measure of pairs}
     *
     * @param left {@code float[n][dims]} of unit length
     * @param right the translation of each, in the same order
     * @throws BadInput if there are none, or not as many of one as of the other
     */
    public static BitextMatches of(float[][] left, float[][] right) {
        int n = left.length;
        if (n == 0 || n != right.length) {
            throw new BadInput(
                    "bitext needs as many texts on both sides, at least one; got " + n + " and " + right.length);
        }
        int[] there = nearest(left, right);
        int[] back = nearest(right, left);
        int forward = 0;
        int backward = 0;
        int mutual = 0;
        int correct = 0;
        for (int i = 0; i < n; i++) {
            forward += there[i] == i ? 1 : 0;
            backward += back[i] == i ? 1 : 0;
            if (back[there[i]] == i) {
                mutual++;
                correct += there[i] == i ? 1 : 0;
            }
        }
        double f1 = 2.0 * correct / (mutual + n);
        return new BitextMatches((double) forward / n, (double) backward / n, f1);
    }

    /** {@return the mean of both directions} */
    public double accuracy() {
        return (forward + backward) / 2;
    }

    private static int[] nearest(float[][] from, float[][] to) {
        int[] nearest = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            float best = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < to.length; j++) {
                float cosine = Vectors.dot(from[i], to[j]);
                if (cosine > best) {
                    best = cosine;
                    nearest[i] = j;
                }
            }
        }
        return nearest;
    }
}
