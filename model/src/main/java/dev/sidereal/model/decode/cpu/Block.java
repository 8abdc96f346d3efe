package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.PathTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a pass that read mostly the same keys, so that these are multiplied at once.
 *
 * @param first the first row
 * @param rows how many
 * @param tiles runs of keys that all rows read; of the last one, rows of a chain read only up to themselves
 * @param extras per row, further runs that it alone reads
 * @param lengths per row, how many keys it reads in all
 */
record Block(int first, int rows, List<Run> tiles, List<List<Run>> extras, int[] lengths) {
    /** Rows that share a prefix and are multiplied at once, at most. */
    static final int MOST_ROWS = 128;

    /** Rows of a chain are taken in fewer, since each reads only what comes before it. */
    private static final int CHAIN_ROWS = 96;

    private static final int FEWEST_CHAIN_ROWS = 4;
    private static final int SHORTEST_TILE = 16;
    private static final int FEWEST_TILE_ROWS = 8;

    /**
     * Consecutive nodes.
     *
     * @param column where their scores lie in a row
     * @param node the first
     */
    record Run(int column, int node, int count) {}

    /**
     * Blocks of the rows {@code [0, rows)}.
     *
     * @param nodes the node of each row
     * @param branches the branch of each row; rows of one branch follow each other
     * @param queriesPerKey how many queries of a row read one key
     */
    static List<Block> of(PathTree tree, int[] nodes, int[] branches, int rows, int queriesPerKey) {
        List<Block> blocks = new ArrayList<>();
        for (int row = 0; row < rows; ) {
            int end = row + 1;
            while (end < rows && branches[end] == branches[row] && end - row < CHAIN_ROWS) {
                end++;
            }
            if (end - row >= FEWEST_CHAIN_ROWS) {
                blocks.add(chain(tree, nodes, row, end));
            } else {
                end = fanEnd(tree, nodes, branches, row, rows);
                blocks.add(fan(tree, nodes, row, end, queriesPerKey));
            }
            row = end;
        }
        return blocks;
    }

    private static Block chain(PathTree tree, int[] nodes, int first, int end) {
        List<Run> tiles = runs(tree, nodes[end - 1], 0);
        int[] lengths = new int[end - first];
        List<List<Run>> extras = new ArrayList<>();
        for (int row = first; row < end; row++) {
            lengths[row - first] = tree.depth(nodes[row]) + 1;
            extras.add(List.of());
        }
        return new Block(first, end - first, tiles, extras, lengths);
    }

    /** {@return the end of the rows that, one by one, continue the same first run} */
    private static int fanEnd(PathTree tree, int[] nodes, int[] branches, int row, int rows) {
        int root = rootRun(tree, nodes[row]);
        int end = row + 1;
        while (end < rows && end - row < MOST_ROWS && rootRun(tree, nodes[end]) == root) {
            boolean chainAhead =
                    end + FEWEST_CHAIN_ROWS <= rows && branches[end + FEWEST_CHAIN_ROWS - 1] == branches[end];
            if (chainAhead) {
                break;
            }
            end++;
        }
        return end;
    }

    private static Block fan(PathTree tree, int[] nodes, int first, int end, int queriesPerKey) {
        int rows = end - first;
        int root = rootRun(tree, nodes[first]);
        int shared = Integer.MAX_VALUE;
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            shared = Math.min(shared, firstRunLength(tree, nodes[first + row]));
            lengths[row] = tree.depth(nodes[first + row]) + 1;
        }
        boolean tiled = shared >= SHORTEST_TILE && rows * queriesPerKey >= FEWEST_TILE_ROWS;
        List<List<Run>> extras = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            extras.add(runs(tree, nodes[first + row], tiled ? shared : 0));
        }
        List<Run> tiles = tiled ? List.of(new Run(0, root, shared)) : List.of();
        return new Block(first, rows, tiles, extras, lengths);
    }

    private static int rootRun(PathTree tree, int node) {
        int start = tree.runStart(node);
        while (tree.parent(start) != DecodeSession.ROOT) {
            start = tree.runStart(tree.parent(start));
        }
        return start;
    }

    private static int firstRunLength(PathTree tree, int node) {
        int end = node;
        while (tree.parent(tree.runStart(end)) != DecodeSession.ROOT) {
            end = tree.parent(tree.runStart(end));
        }
        return tree.depth(end) + 1;
    }

    /** {@return the runs of a node's path, from the root, without the first {@code skipped} nodes of the first} */
    private static List<Run> runs(PathTree tree, int node, int skipped) {
        List<Run> runs = new ArrayList<>();
        for (int end = node; end != DecodeSession.ROOT; end = tree.parent(tree.runStart(end))) {
            int start = tree.runStart(end);
            int cut = tree.depth(start) == 0 ? skipped : 0;
            if (start + cut <= end) {
                runs.addFirst(new Run(tree.depth(start) + cut, start + cut, end - start + 1 - cut));
            }
        }
        return runs;
    }

    /** {@return how many columns the widest row has} */
    int width() {
        int width = 0;
        for (int length : lengths) {
            width = Math.max(width, length);
        }
        return width;
    }
}
