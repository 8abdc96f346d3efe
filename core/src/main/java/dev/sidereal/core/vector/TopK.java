package dev.sidereal.core.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Keeps the k best of a stream of scored ids; of equal scores the lower id is better. A binary heap with the worst on
 * top: O(log k) for an id that is kept, one comparison for one that is not. Not thread-safe.
 */
public final class TopK {
    private static final int FIRST_ROOM = 64;

    private final int k;
    private long[] ids;
    private float[] scores;
    private int size;

    /**
     * Makes an empty selection.
     *
     * @param k how many to keep, at least 1; memory grows with what was added, not with k
     */
    public TopK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, got " + k);
        }
        this.k = k;
        this.ids = new long[Math.min(k, FIRST_ROOM)];
        this.scores = new float[ids.length];
    }

    /**
     * One that was kept.
     *
     * @param id the id
     * @param score its score, higher is better
     */
    public record Scored(long id, float score) {}

    /**
     * Considers an id.
     *
     * @throws IllegalArgumentException if the score is NaN
     */
    public void add(long id, float score) {
        if (size == k && score < scores[0]) {
            return;
        }
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("the score of id " + id + " is NaN");
        }
        if (size < k) {
            grow();
            siftUp(size++, id, score);
        } else if (worse(ids[0], scores[0], id, score)) {
            siftDown(id, score);
        }
    }

    /**
     * Considers consecutive ids.
     *
     * @param firstId id of {@code scores[0]}
     * @param count how many of the scores
     * @throws IllegalArgumentException if a score is NaN
     */
    public void addAll(long firstId, float[] scores, int count) {
        for (int i = 0; i < count; i++) {
            add(firstId + i, scores[i]);
        }
    }

    /** {@return how many are kept now, at most k} */
    public int size() {
        return size;
    }

    /** {@return the score below which nothing is kept any more; minus infinity while there is room} */
    public float threshold() {
        return size < k ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** {@return what is kept, best first} */
    public List<Scored> best() {
        List<Scored> best = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            best.add(new Scored(ids[i], scores[i]));
        }
        best.sort((a, b) -> worse(a.id, a.score, b.id, b.score) ? 1 : -1);
        return Collections.unmodifiableList(best);
    }

    private static boolean worse(long id, float score, long otherId, float otherScore) {
        return score < otherScore || (score == otherScore && id > otherId);
    }

    private void grow() {
        if (size == ids.length) {
            int room = (int) Math.min(k, 2L * size);
            ids = Arrays.copyOf(ids, room);
            scores = Arrays.copyOf(scores, room);
        }
    }

    private void siftUp(int hole, long id, float score) {
        int at = hole;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!worse(id, score, ids[parent], scores[parent])) {
                break;
            }
            ids[at] = ids[parent];
            scores[at] = scores[parent];
            at = parent;
        }
        ids[at] = id;
        scores[at] = score;
    }

    private void siftDown(long id, float score) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && worse(ids[child + 1], scores[child + 1], ids[child], scores[child])) {
                child++;
            }
            if (!worse(ids[child], scores[child], id, score)) {
                break;
            }
            ids[at] = ids[child];
            scores[at] = scores[child];
            at = child;
        }
        ids[at] = id;
        scores[at] = score;
    }
}
