package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.cpu.TokenTree.Path;
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
    private static final int CHAIN_ROWS = 64;

    private static final int FEWEST_CHAIN_ROWS = 4;
    private static final int SHORTEST_TILE = 16;

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
    static List<Block> of(TokenTree tree, int[] nodes, int[] branches, int rows, int queriesPerKey) {
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

    private static Block chain(TokenTree tree, int[] nodes, int first, int end) {
        List<Run> tiles = runs(tree.path(nodes[end - 1]), 0);
        int[] lengths = new int[end - first];
        List<List<Run>> extras = new ArrayList<>();
        for (int row = first; row < end; row++) {
            lengths[row - first] = tree.depth(nodes[row]) + 1;
            extras.add(List.of());
        }
        return new Block(first, end - first, tiles, extras, lengths);
    }

    /** {@return the end of the rows that, one by one, continue the same first run} */
    private static int fanEnd(TokenTree tree, int[] nodes, int[] branches, int row, int rows) {
        int root = tree.rootRun(nodes[row]);
        int end = row + 1;
        while (end < rows && end - row < MOST_ROWS && tree.rootRun(nodes[end]) == root) {
            boolean chainAhead = end + FEWEST_CHAIN_ROWS <= rows && branches[end + FEWEST_CHAIN_ROWS - 1] == branches[end];
            if (chainAhead) {
                break;
            }
            end++;
        }
        return end;
    }

    private static Block fan(TokenTree tree, int[] nodes, int first, int end, int queriesPerKey) {
        int rows = end - first;
        List<Path> paths = new ArrayList<>(rows);
        int shared = Integer.MAX_VALUE;
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            Path path = tree.path(nodes[first + row]);
            paths.add(path);
            shared = Math.min(shared, path.lengths()[0]);
            lengths[row] = tree.depth(nodes[first + row]) + 1;
        }
        boolean tiled = shared >= SHORTEST_TILE && rows * queriesPerKey >= 8;
        int skipped = tiled ? shared : 0;
        List<List<Run>> extras = new ArrayList<>(rows);
        for (Path path : paths) {
            extras.add(runs(path, skipped));
        }
        List<Run> tiles = tiled ? List.of(new Run(0, paths.getFirst().starts()[0], shared)) : List.of();
        return new Block(first, rows, tiles, extras, lengths);
    }

    /** {@return the runs of a path without its first {@code skipped} nodes, which lie in its first run} */
    private static List<Run> runs(Path path, int skipped) {
        List<Run> runs = new ArrayList<>(path.runs());
        int at = 0;
        for (int i = 0; i < path.runs(); i++) {
            int cut = i == 0 ? skipped : 0;
            int count = path.lengths()[i] - cut;
            at += cut;
            if (count > 0) {
                runs.add(new Run(at, path.starts()[i] + cut, count));
            }
            at += count;
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
