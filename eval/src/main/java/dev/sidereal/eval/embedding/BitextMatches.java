package dev.sidereal.eval.embedding;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.core.vector.Vectors;

/**
 * How often a text's translation is the nearest of all, by cosine or by margin. Sources: the Tatoeba task of Artetxe and
 * Schwenk, arXiv 1812.10464, section 4.3; their margin, arXiv 1811.01136, section 3.2.
 *
 * @param forward share of left texts whose nearest right text is their own
 * @param backward the same from right to left
 * @param f1 of the pairs that are each other's nearest against all pairs
 */
public record BitextMatches(double forward, double backward, double f1) {
    /** Neighbours of the margin in the paper. */
    public static final int NEIGHBOURS = 4;

    /**
     * {@return the measure of pairs by cosine} Cost: 2 n n dims.
     *
     * @param left {@code float[n][dims]} of unit length
     * @param right the translation of each, in the same order
     * @throws BadInput if there are none, or not as many of one as of the other
     */
    public static BitextMatches of(float[][] left, float[][] right) {
        requireSame(left, right);
        return of(nearest(left, right, (_, _) -> 1), nearest(right, left, (_, _) -> 1));
    }

    /**
     * {@return the measure of pairs by the ratio margin: their cosine divided by the mean of two means, of the cosines of
     * each with its nearest on the other side} A text that is near to everything is nobody's nearest so. Cost: 4 n n dims.
     *
     * @param left {@code float[n][dims]} of unit length
     * @param right the translation of each, in the same order
     * @param neighbours how many nearest, at most all there are
     * @throws BadInput if there are none, or not as many of one as of the other
     */
    public static BitextMatches byMargin(float[][] left, float[][] right, int neighbours) {
        requireSame(left, right);
        double[] around = neighbourhoods(left, right, neighbours);
        double[] across = neighbourhoods(right, left, neighbours);
        return of(
                nearest(left, right, (i, j) -> (around[i] + across[j]) / 2),
                nearest(right, left, (j, i) -> (around[i] + across[j]) / 2));
    }

    private static void requireSame(float[][] left, float[][] right) {
        if (left.length == 0 || left.length != right.length) {
            throw new BadInput("bitext needs as many texts on both sides, at least one; got " + left.length + " and "
                    + right.length);
        }
    }

    private static BitextMatches of(int[] there, int[] back) {
        int n = there.length;
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

    /** By what the cosine of two texts is divided. */
    private interface Scale {
        double of(int from, int to);
    }

    private static int[] nearest(float[][] from, float[][] to, Scale scale) {
        int[] nearest = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < to.length; j++) {
                double score = Vectors.dot(from[i], to[j]) / scale.of(i, j);
                if (score > best) {
                    best = score;
                    nearest[i] = j;
                }
            }
        }
        return nearest;
    }

    /** {@return mean cosine of each text with its nearest on the other side} */
    private static double[] neighbourhoods(float[][] from, float[][] to, int neighbours) {
        double[] means = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            TopK best = new TopK(Math.min(neighbours, to.length));
            for (int j = 0; j < to.length; j++) {
                best.add(j, Vectors.dot(from[i], to[j]));
            }
            means[i] = best.best().stream()
                    .mapToDouble(TopK.Scored::score)
                    .average()
                    .orElseThrow();
        }
        return means;
    }
}
