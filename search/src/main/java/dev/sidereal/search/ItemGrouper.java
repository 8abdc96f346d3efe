package dev.sidereal.search;

import org.apache.lucene.util.FixedBitSet;

/**
 * Reduces the scored passages of a segment, given in ascending order, to items with their best passage. Passages of an
 * item are neighbours, so one item in hand suffices. One thread.
 */
final class ItemGrouper {
    private final FixedBitSet parents;
    private final int base;
    private final TopItems top;
    private int parent = -1;
    private int passage;
    private float best;

    /**
     * @param parents last passages of the segment's items
     * @param base number of the segment's first document
     */
    ItemGrouper(FixedBitSet parents, int base, TopItems top) {
        this.parents = parents;
        this.base = base;
        this.top = top;
    }

    /** Takes the next passage; {@return true if an item was completed, so that the heap may have changed} */
    boolean add(int doc, float score) {
        if (doc <= parent) {
            if (score > best) {
                best = score;
                passage = doc;
            }
            return false;
        }
        boolean completed = finish();
        parent = parents.nextSetBit(doc);
        passage = doc;
        best = score;
        return completed;
    }

    /** Completes the item in hand; {@return false if there was none} */
    boolean finish() {
        if (parent < 0) {
            return false;
        }
        if (best >= top.floor()) {
            top.offer(new PassageHit(base + parent, base + passage, best));
        }
        parent = -1;
        return true;
    }
}
