package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Token sequences that decoding may produce, as a trie in flat arrays: nodes are numbered level by level, so that a node's
 * children lie side by side, sorted by token. Each sequence ends in a leaf that names its item; no sequence is the
 * beginning of another. Immutable and thread-safe.
 *
 * <p>Memory is about 12 bytes a node and 4 a leaf; building sorts the sequences.
 */
public final class TokenTrie {
    /** The node before any token. */
    public static final int ROOT = 0;

    private static final int NO_ITEM = -1;

    /** Of node n the children are {@code [firstChild[n], firstChild[n + 1])}. */
    private final int[] firstChild;

    /** The token that leads to a node; unused for the root. */
    private final int[] token;

    private final int[] item;
    private final int depth;
    private final int leaves;
    /** Per level, the smallest and the largest token. */
    private final int[] lowest;

    private final int[] highest;

    private TokenTrie(int[] firstChild, int[] token, int[] item, int[] lowest, int[] highest, int leaves) {
        this.firstChild = firstChild;
        this.token = token;
        this.item = item;
        this.lowest = lowest;
        this.highest = highest;
        this.leaves = leaves;
        depth = lowest.length;
    }

    /**
     * Builds a trie in which sequence i leads to item i.
     *
     * @throws BadInput if a sequence is empty, has a negative token, occurs twice, or begins another
     */
    public static TokenTrie of(List<int[]> sequences) {
        int[][] sorted = new int[sequences.size()][];
        Integer[] order = new Integer[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = checked(sequences.get(i), i);
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparing(i -> sorted[i], Arrays::compare));
        return new Building(sorted, order).build();
    }

    private static int[] checked(int[] sequence, int index) {
        if (sequence.length == 0) {
            throw new BadInput("The sequence of item " + index + " is empty; expected at least one token.");
        }
        for (int value : sequence) {
            if (value < 0) {
                throw new BadInput(
                        "The sequence of item " + index + " has the token " + value + "; expected 0 or above.");
            }
        }
        return sequence.clone();
    }

    /** {@return how many sequences it holds} */
    public int leaves() {
        return leaves;
    }

    /** {@return how many nodes it has, the root included} */
    public int nodes() {
        return token.length;
    }

    /** {@return the length of the longest sequence} */
    public int depth() {
        return depth;
    }

    /** {@return the first child of a node} */
    public int firstChild(int node) {
        return firstChild[node];
    }

    /** {@return the end, exclusive, of a node's children; equal to the first for a leaf} */
    public int endChild(int node) {
        return firstChild[node + 1];
    }

    /** {@return the token that leads to a node other than the root} */
    public int token(int node) {
        return token[node];
    }

    /** {@return whether a sequence ends in a node} */
    public boolean isLeaf(int node) {
        return firstChild[node] == firstChild[node + 1];
    }

    /** {@return the item of a leaf} */
    public int item(int node) {
        return item[node];
    }

    /** {@return the child of a node that a token leads to, or -1} */
    public int child(int node, int next) {
        int at = Arrays.binarySearch(token, firstChild[node], firstChild[node + 1], next);
        return at >= 0 ? at : -1;
    }

    /** {@return the smallest token at a level, from 0} */
    public int lowest(int level) {
        return lowest[level];
    }

    /** {@return the largest token at a level, from 0} */
    public int highest(int level) {
        return highest[level];
    }

    /** {@return the mask that lets every item through} */
    public TrieMask all() {
        return new TrieMask(this, null);
    }

    /**
     * {@return the mask of the items that {@code allowed} accepts}; asks once for each leaf, in O(nodes)
     */
    public TrieMask where(IntPredicate allowed) {
        return whereLeaf(leaf -> allowed.test(item[leaf]));
    }

    TrieMask whereLeaf(IntPredicate allowed) {
        long[] bits = new long[(nodes() + 63) / 64];
        // Children have larger numbers than their parents.
        for (int node = nodes() - 1; node >= 0; node--) {
            boolean open = item[node] != NO_ITEM && allowed.test(node);
            for (int child = firstChild[node]; !open && child < firstChild[node + 1]; child++) {
                open = (bits[child >> 6] >>> child & 1) != 0;
            }
            if (open) {
                bits[node >> 6] |= 1L << node;
            }
        }
        return new TrieMask(this, bits);
    }

    /** Level by level over the sorted sequences. */
    private static final class Building {
        private final int[][] sequences;
        private final Integer[] order;

        Building(int[][] sequences, Integer[] order) {
            this.sequences = sequences;
            this.order = order;
        }

        TokenTrie build() {
            int longest = Arrays.stream(sequences).mapToInt(s -> s.length).max().orElse(0);
            int size = 1 + Arrays.stream(sequences).mapToInt(s -> s.length).sum();
            int[] token = new int[size];
            int[] item = new int[size];
            int[] firstChild = new int[size + 1];
            int[] lowest = new int[longest];
            int[] highest = new int[longest];
            Arrays.fill(lowest, Integer.MAX_VALUE);
            Arrays.fill(item, NO_ITEM);
            // Of each node of the level at hand, where its sequences begin in the order.
            int[] starts = {0};
            int firstOfLevel = 0;
            int nodes = 1;
            for (int level = 0; level < longest; level++) {
                int[] next = new int[sequences.length];
                int firstOfNext = nodes;
                for (int n = 0; n < starts.length; n++) {
                    int node = firstOfLevel + n;
                    int end = n + 1 < starts.length ? starts[n + 1] : sequences.length;
                    firstChild[node] = nodes;
                    for (int at = starts[n]; at < end; at++) {
                        int[] sequence = sequences[order[at]];
                        if (sequence.length <= level) {
                            continue;
                        }
                        boolean opens = nodes == firstChild[node] || token[nodes - 1] != sequence[level];
                        if (opens) {
                            token[nodes] = sequence[level];
                            next[nodes - firstOfNext] = at;
                            lowest[level] = Math.min(lowest[level], sequence[level]);
                            highest[level] = Math.max(highest[level], sequence[level]);
                            nodes++;
                        } else if (sequences[order[at - 1]].length == level + 1) {
                            throw clash(order[at - 1], order[at]);
                        }
                        if (sequence.length == level + 1) {
                            item[nodes - 1] = order[at];
                        }
                    }
                }
                starts = Arrays.copyOf(next, nodes - firstOfNext);
                firstOfLevel = firstOfNext;
            }
            Arrays.fill(firstChild, firstOfLevel, nodes + 1, nodes);
            return new TokenTrie(
                    Arrays.copyOf(firstChild, nodes + 1),
                    Arrays.copyOf(token, nodes),
                    Arrays.copyOf(item, nodes),
                    lowest,
                    highest,
                    sequences.length);
        }

        private BadInput clash(int shorter, int longer) {
            boolean equal = sequences[shorter].length == sequences[longer].length;
            return new BadInput("The items " + Math.min(shorter, longer) + " and " + Math.max(shorter, longer)
                    + (equal ? " have the same sequence " : " have sequences of which one begins the other, ")
                    + Arrays.toString(sequences[shorter]) + "; give each item one of its own.");
        }
    }
}
