package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.DecodeSession;

/**
 * Which position continues which. Nodes are numbered as they are added, so that a chain fed at once lies side by side:
 * a path is a few runs of consecutive nodes. Not thread-safe.
 */
final class TokenTree {
    private final int[] parent;
    private final int[] depth;
    private final int[] runStart;
    private int size;

    TokenTree(int capacity) {
        parent = new int[capacity];
        depth = new int[capacity];
        runStart = new int[capacity];
    }

    int size() {
        return size;
    }

    int add(int parentNode) {
        int node = size++;
        boolean follows = parentNode == node - 1 && parentNode != DecodeSession.ROOT;
        parent[node] = parentNode;
        depth[node] = depthAfter(parentNode);
        runStart[node] = follows ? runStart[parentNode] : node;
        return node;
    }

    /** {@return the position of a node that continues {@code parentNode}} */
    int depthAfter(int parentNode) {
        return parentNode == DecodeSession.ROOT ? 0 : depth[parentNode] + 1;
    }

    int depth(int node) {
        return depth[node];
    }

    void rewind(int newSize) {
        size = newSize;
    }

    /** {@return the first node of the run that a node's path begins with} */
    int rootRun(int node) {
        int start = runStart[node];
        while (parent[start] != DecodeSession.ROOT) {
            start = runStart[parent[start]];
        }
        return start;
    }

    /** {@return the path from the root to a node} */
    Path path(int node) {
        int runs = 0;
        for (int at = node; at != DecodeSession.ROOT; at = parent[runStart[at]]) {
            runs++;
        }
        int[] starts = new int[runs];
        int[] lengths = new int[runs];
        for (int at = node, run = runs - 1; at != DecodeSession.ROOT; at = parent[runStart[at]], run--) {
            starts[run] = runStart[at];
            lengths[run] = at - runStart[at] + 1;
        }
        return new Path(starts, lengths);
    }

    /**
     * A path as runs of consecutive nodes, from the root.
     *
     * @param starts first node of each run
     * @param lengths nodes of each run
     */
    record Path(int[] starts, int[] lengths) {
        int runs() {
            return starts.length;
        }
    }
}
