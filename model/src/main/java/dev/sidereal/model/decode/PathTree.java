package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BudgetExceeded;
import java.util.Arrays;
import java.util.List;

/**
 * Which position of a session continues which, and the checks that every runtime makes before it feeds. Nodes are
 * numbered in the order they were fed, from 0. Not thread-safe.
 */
public final class PathTree {
    private final DecoderConfig config;
    private final int[] parents;
    private final int[] depths;
    private final int[] runStarts;
    private int size;

    /** @throws BadConfig if {@code capacity} is below 1 */
    public PathTree(DecoderConfig config, int capacity) {
        if (capacity < 1) {
            throw new BadConfig("A session's capacity must be at least 1 position, got " + capacity + ".");
        }
        this.config = config;
        parents = new int[capacity];
        depths = new int[capacity];
        runStarts = new int[capacity];
    }

    /** {@return how many positions are held} */
    public int size() {
        return size;
    }

    /** {@return how many positions fit} */
    public int capacity() {
        return parents.length;
    }

    /** {@return the place of a node in its path, from 0: its rotary position} */
    public int depth(int node) {
        return depths[node];
    }

    /** {@return the node that this one continues, or {@link DecodeSession#ROOT}} */
    public int parent(int node) {
        return parents[node];
    }

    /**
     * {@return the first node of the run that ends in this one: nodes of consecutive numbers, each continuing the one before}
     */
    public int runStart(int node) {
        return runStarts[node];
    }

    /** {@return the nodes from the first position to this one, {@code depth(node) + 1} of them} */
    public int[] path(int node) {
        int[] path = new int[depths[node] + 1];
        for (int at = path.length - 1, n = node; at >= 0; at--, n = parents[n]) {
            path[at] = n;
        }
        return path;
    }

    /**
     * Takes in the positions of branches, in order; on failure nothing is taken in.
     *
     * @return the node of each branch's last position
     * @throws BadConfig if there is no branch, a parent does not exist, a token is outside the vocabulary, a vector has
     *     another width than the model, or a path grows beyond the model's positions
     * @throws BudgetExceeded if the capacity does not suffice
     */
    public int[] grow(List<Branch> branches) {
        if (branches.isEmpty()) {
            throw new BadConfig("A feed needs at least one branch, got none.");
        }
        branches.forEach(this::check);
        long needed = size
                + branches.stream().mapToLong(branch -> branch.input().length()).sum();
        if (needed > parents.length) {
            throw new BudgetExceeded("Feeding " + (needed - size) + " positions needs room for " + needed
                    + ", the session was opened for " + parents.length
                    + "; open it with a larger capacity or rewind it first.");
        }
        int[] last = new int[branches.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = append(branches.get(i));
        }
        return last;
    }

    /**
     * Forgets every node that was taken in after the tree held {@code size} positions.
     *
     * @throws BadConfig if it never held as many
     */
    public void rewind(int size) {
        if (size < 0 || size > this.size) {
            throw new BadConfig(
                    "A session of " + this.size + " positions cannot be rewound to " + size + " positions.");
        }
        this.size = size;
    }

    /**
     * Checks a range of tokens that scores are asked for.
     *
     * @throws BadConfig if it is not a range of the vocabulary
     */
    public void checkTokens(int from, int to) {
        if (from < 0 || from > to || to > config.vocabulary()) {
            throw new BadConfig("Scores were asked for the tokens " + from + " to " + to + ", the vocabulary has "
                    + config.vocabulary() + ".");
        }
    }

    private int append(Branch branch) {
        int parent = branch.parent();
        for (int i = 0; i < branch.input().length(); i++) {
            parents[size] = parent;
            depths[size] = parent == DecodeSession.ROOT ? 0 : depths[parent] + 1;
            boolean follows = parent != DecodeSession.ROOT && parent == size - 1;
            runStarts[size] = follows ? runStarts[parent] : size;
            parent = size++;
        }
        return parent;
    }

    private void check(Branch branch) {
        int parent = branch.parent();
        if (parent < DecodeSession.ROOT || parent >= size) {
            throw new BadConfig("A branch continues node " + parent + ", the session holds " + size
                    + " nodes; feed its parent first, numbers start at 0.");
        }
        long length = (parent == DecodeSession.ROOT ? 0L : depths[parent] + 1L)
                + branch.input().length();
        if (length > config.maxPositions()) {
            throw new BadConfig("A path would grow to " + length + " positions, the model reads at most "
                    + config.maxPositions() + "; shorten the prompt.");
        }
        switch (branch.input()) {
            case Input.Tokens(int[] ids) -> Arrays.stream(ids).forEach(this::checkToken);
            case Input.Vectors(float[][] rows) -> Arrays.stream(rows).forEach(this::checkWidth);
        }
    }

    private void checkToken(int id) {
        if (id < 0 || id >= config.vocabulary()) {
            throw new BadConfig("Token " + id + " is outside the vocabulary of " + config.vocabulary()
                    + "; was it made by the tokenizer of another model?");
        }
    }

    private void checkWidth(float[] row) {
        if (row.length != config.hidden()) {
            throw new BadConfig("A vector of a soft prompt has " + row.length + " numbers, the model's hidden width is "
                    + config.hidden() + ".");
        }
    }
}
