package dev.sidereal.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The k best items seen so far, each with its best passage. Ties in score go to the smaller id, so that the order does
 * not depend on how an index is laid out; ids are looked up only for ties. One thread.
 */
final class TopItems {
    private final int k;
    private final ItemIds ids;
    /** Worst first. */
    private final PriorityQueue<PassageHit> heap;

    TopItems(int k, ItemIds ids) {
        this.k = k;
        this.ids = ids;
        this.heap = new PriorityQueue<>(bestFirst(ids).reversed());
    }

    /** Offers an item; each item is offered once. */
    void offer(PassageHit hit) {
        if (heap.size() < k) {
            heap.add(hit);
        } else if (hit.score() >= floor() && bestFirst(ids).compare(hit, heap.peek()) < 0) {
            heap.poll();
            heap.add(hit);
        }
    }

    /** {@return the score that a further item must reach to have a chance; negative infinity while there is room} */
    float floor() {
        PassageHit worst = heap.peek();
        return heap.size() < k || worst == null ? Float.NEGATIVE_INFINITY : worst.score();
    }

    /** {@return best first} */
    List<PassageHit> drain() {
        List<PassageHit> hits = new ArrayList<>(heap);
        hits.sort(bestFirst(ids));
        return hits;
    }

    private static Comparator<PassageHit> bestFirst(ItemIds ids) {
        return (a, b) -> {
            int byScore = Float.compare(b.score(), a.score());
            return byScore != 0 ? byScore : ids.compare(a.parent(), b.parent());
        };
    }
}
