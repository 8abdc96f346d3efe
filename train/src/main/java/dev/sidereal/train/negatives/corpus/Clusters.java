package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Spherical k-means: a sample of at most {@code 64 k} vectors and 64 MB is clustered by cosine, then each vector goes to the nearest
 * centre. The heap holds sample and centres; the work is O(n k dims). Equal inputs give equal clusters. Immutable.
 */
public final class Clusters {
    private static final int SAMPLE_PER_CLUSTER = 64;
    private static final int MOST_FLOATS = 1 << 24;
    private static final int ROUNDS = 10;

    private final int[] assigned;
    private final int count;

    private Clusters(int[] assigned, int count) {
        this.assigned = assigned;
        this.count = count;
    }

    /**
     * Clusters vectors.
     *
     * @param k how many clusters, 1 to the number of vectors
     */
    public static Clusters fit(DocumentVectors vectors, int k, long seed) {
        if (k < 1 || k > vectors.size()) {
            throw new BadConfig("the number of clusters must be 1 to " + vectors.size() + ", got " + k);
        }
        int[] sample = sample(vectors, k, seed);
        float[][] points = new float[sample.length][];
        for (int i = 0; i < sample.length; i++) {
            points[i] = vectors.row(sample[i]);
            Vectors.normalise(points[i]);
        }
        float[] centres = centres(points, k, vectors.dims());
        int[] assigned = new int[vectors.size()];
        for (int i = 0; i < assigned.length; i++) {
            assigned[i] = nearest(vectors.row(i), centres, k);
        }
        return new Clusters(assigned, k);
    }

    /** Some numbers of vectors in random order, each at most once, by Floyd's algorithm. */
    private static int[] sample(DocumentVectors vectors, int k, long seed) {
        long room = Math.max(k, MOST_FLOATS / vectors.dims());
        int count = (int) Math.min(Math.min((long) SAMPLE_PER_CLUSTER * k, vectors.size()), room);
        SplittableRandom random = new SplittableRandom(seed);
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int last = vectors.size() - count; last < vectors.size(); last++) {
            int pick = random.nextInt(last + 1);
            chosen.add(chosen.contains(pick) ? last : pick);
        }
        List<Integer> order = new ArrayList<>(chosen);
        Collections.shuffle(order, Random.from(random));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] centres(float[][] points, int k, int dims) {
        float[] centres = new float[k * dims];
        for (int c = 0; c < k; c++) {
            System.arraycopy(points[c], 0, centres, c * dims, dims);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] sums = new double[k * dims];
            for (float[] point : points) {
                int at = nearest(point, centres, k) * dims;
                for (int d = 0; d < dims; d++) {
                    sums[at + d] += point[d];
                }
            }
            for (int c = 0; c < k; c++) {
                centre(sums, centres, c, dims);
            }
        }
        return centres;
    }

    /** A centre without points stays where it was. */
    private static void centre(double[] sums, float[] centres, int c, int dims) {
        double squares = 0;
        for (int d = 0; d < dims; d++) {
            squares += sums[c * dims + d] * sums[c * dims + d];
        }
        for (int d = 0; squares > 0 && d < dims; d++) {
            centres[c * dims + d] = (float) (sums[c * dims + d] / Math.sqrt(squares));
        }
    }

    private static int nearest(float[] point, float[] centres, int k) {
        float[] scores = new float[k];
        Vectors.dotRows(point, centres, 0, k, scores);
        int best = 0;
        for (int c = 1; c < k; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /** {@return how many vectors were clustered} */
    public int size() {
        return assigned.length;
    }

    /** {@return how many clusters; some may be empty} */
    public int count() {
        return count;
    }

    /** {@return the cluster of a vector} */
    public int of(int number) {
        return assigned[number];
    }
}
