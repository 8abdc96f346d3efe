package dev.sidereal.model.decode;

import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.BeamSettings.Normalisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The beams of one prompt while they grow. Not thread-safe. */
final class BeamGroup {
    private final TokenTrie trie;
    private final TrieMask mask;
    private final int width;
    private final boolean overLegal;
    private final List<Beam> finished = new ArrayList<>();
    private Hypotheses beams;
    /** A heap with the worst candidate first. */
    private final Hypotheses candidates;

    BeamGroup(TrieMask mask, BeamSettings settings, int promptNode, int row) {
        this.trie = mask.trie();
        this.mask = mask;
        this.width = settings.beams();
        this.overLegal = settings.normalisation() == Normalisation.LEGAL;
        beams = new Hypotheses(width);
        candidates = new Hypotheses(width);
        beams.size = 1;
        beams.fed[0] = promptNode;
        beams.row[0] = row;
    }

    boolean asksForScores() {
        for (int beam = 0; beam < beams.size; beam++) {
            if (asks(beam)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a beam's next token depends on the model} */
    private boolean asks(int beam) {
        return !overLegal || openChildren(beams.node[beam]) > 1;
    }

    private int openChildren(int node) {
        int open = 0;
        for (int child = trie.firstChild(node); child < trie.endChild(node) && open < 2; child++) {
            open += mask.open(child) ? 1 : 0;
        }
        return open;
    }

    /** Adds what has to be fed before the next tokens can be scored. */
    void addBranches(List<Branch> branches) {
        for (int beam = 0; beam < beams.size; beam++) {
            beams.row[beam] = -1;
            if (asks(beam)) {
                beams.row[beam] = branches.size();
                int[] path = beams.path[beam];
                int[] waiting = Arrays.copyOfRange(path, beams.fedTokens[beam], path.length);
                branches.add(Branch.of(beams.fed[beam], Input.of(waiting)));
            }
        }
    }

    /** Takes its nodes of a feed of all groups' branches. */
    void fed(int[] nodes) {
        for (int beam = 0; beam < beams.size; beam++) {
            if (beams.row[beam] >= 0) {
                beams.fed[beam] = nodes[beams.row[beam]];
                beams.fedTokens[beam] = beams.path[beam].length;
            }
        }
    }

    /**
     * Lengthens the beams by a token.
     *
     * @param logits of the tokens from {@code first}, {@code width} for each row of the last feed
     */
    void advance(float[] logits, int first, int width) {
        for (int beam = 0; beam < beams.size; beam++) {
            if (asks(beam)) {
                int start = beams.row[beam] * width;
                offer(
                        beam,
                        logits,
                        start - first,
                        overLegal ? legalSum(beam, logits, start - first) : Rows.logSumExp(logits, start, width));
            } else {
                offerOnly(beam);
            }
        }
        choose();
    }

    /** The logarithm of the sum of the exponentials of a beam's legal tokens' logits. */
    private float legalSum(int beam, float[] logits, int base) {
        int node = beams.node[beam];
        int legal = 0;
        float[] some = new float[trie.endChild(node) - trie.firstChild(node)];
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            if (mask.open(child)) {
                some[legal++] = logits[base + trie.token(child)];
            }
        }
        return Rows.logSumExp(some, 0, legal);
    }

    /** Takes a beam's children among the candidates as far as they are good enough. */
    private void offer(int beam, float[] logits, int base, float total) {
        int node = beams.node[beam];
        double score = beams.score[beam] - total;
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            offer(beam, child, score + logits[base + trie.token(child)]);
        }
    }

    private void offerOnly(int beam) {
        int node = beams.node[beam];
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            offer(beam, child, beams.score[beam]);
        }
    }

    private void offer(int beam, int child, double score) {
        boolean fits = candidates.size < width || score > candidates.score[0];
        if (fits && mask.open(child)) {
            candidates.push(score, child, beam);
        }
    }

    /** Makes the candidates the beams; those that end a sequence are finished. */
    private void choose() {
        Hypotheses next = new Hypotheses(width);
        for (int i : candidates.bestFirst()) {
            int node = candidates.node[i];
            int parent = candidates.parent[i];
            int[] path = Arrays.copyOf(beams.path[parent], beams.path[parent].length + 1);
            path[path.length - 1] = trie.token(node);
            if (trie.isLeaf(node)) {
                finished.add(
                        new Beam(trie.item(node), Arrays.stream(path).boxed().toList(), candidates.score[i]));
            } else {
                int at = next.size++;
                next.node[at] = node;
                next.score[at] = candidates.score[i];
                next.fed[at] = beams.fed[parent];
                next.fedTokens[at] = beams.fedTokens[parent];
                next.path[at] = path;
            }
        }
        candidates.size = 0;
        beams = next;
        dropHopeless();
    }

    /** Scores only fall: a beam below the last finished one that would be returned is done for. */
    private void dropHopeless() {
        if (finished.size() < width) {
            return;
        }
        double worst = best().getLast().score();
        if (best().size() == width) {
            while (beams.size > 0 && beams.score[beams.size - 1] <= worst) {
                beams.size--;
            }
        }
    }

    /** {@return the finished hypotheses, best first, each item once} */
    List<Beam> best() {
        Set<Integer> seen = new HashSet<>();
        return finished.stream()
                .sorted(Comparator.comparingDouble(Beam::score).reversed().thenComparingInt(Beam::item))
                .filter(beam -> seen.add(beam.item()))
                .limit(width)
                .toList();
    }

    /** Columns of equal length; as a heap the worst score is first. */
    private static final class Hypotheses {
        final double[] score;
        final int[] node;
        final int[] parent;
        /** The last node fed of the prompt and the sequence. */
        final int[] fed;

        /** How many of the sequence's tokens are fed. */
        final int[] fedTokens;

        /** Its row in the last feed, or -1. */
        final int[] row;

        final int[][] path;
        int size;

        Hypotheses(int capacity) {
            score = new double[capacity];
            node = new int[capacity];
            parent = new int[capacity];
            fed = new int[capacity];
            fedTokens = new int[capacity];
            row = new int[capacity];
            path = new int[capacity][];
            Arrays.fill(path, new int[0]);
        }

        void push(double value, int trieNode, int from) {
            int at = size;
            if (size == score.length) {
                at = sinkHole(value);
            } else {
                size++;
                while (at > 0 && score[(at - 1) / 2] > value) {
                    move((at - 1) / 2, at);
                    at = (at - 1) / 2;
                }
            }
            score[at] = value;
            node[at] = trieNode;
            parent[at] = from;
        }

        /** Removes the worst; {@return where {@code value} belongs} */
        private int sinkHole(double value) {
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child + 1 < size && score[child + 1] < score[child]) {
                    child++;
                }
                if (child >= size || score[child] >= value) {
                    return at;
                }
                move(child, at);
                at = child;
            }
        }

        private void move(int from, int to) {
            score[to] = score[from];
            node[to] = node[from];
            parent[to] = parent[from];
        }

        /** {@return the positions by falling score, equal ones by node} */
        int[] bestFirst() {
            return IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -score[i]).thenComparingInt(i -> node[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}
