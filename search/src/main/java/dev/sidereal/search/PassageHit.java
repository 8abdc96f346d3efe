package dev.sidereal.search;

/**
 * A leg's result: an item with its best passage.
 *
 * @param parent Lucene number of the item's last passage, which stands for the item in one view
 * @param passage Lucene number of the best passage
 * @param score the leg's score; higher is better
 */
record PassageHit(int parent, int passage, float score) {}
