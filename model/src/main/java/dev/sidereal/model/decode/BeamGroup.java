package dev.sidereal.model.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The beams of one prompt while they grow. Not thread-safe. */
final class BeamGroup {
    private final TokenTrie trie;
    private final TrieMask mask;
    private final int width;
    private final List<Beam> finished = new ArrayList<>();
    private Hypotheses beams;
    /** A heap with the worst candidate first. */
    private final Hypotheses candidates;

    BeamGroup(TrieMask mask, int width, int promptNode) {
        this.trie = mask.trie();
        this.mask = mask;
        this.width = width;
        beams = new Hypotheses(Math.max(1, width), trie.depth());
        candidates = new Hypotheses(width, trie.depth());
        beams.size = 1;
        beams.fed[0] = promptNode;
    }

    /** {@return how many rows of the last feed are this group's} */
    int live() {
        return beams.size;
    }

    /** {@return the logarithm of the sum of the exponentials of a beam's legal tokens' logits} */
    float legalSum(int beam, float[] logits, int base) {
        int node = beams.node[beam];
        float max = Float.NEGATIVE_INFINITY;
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            if (mask.open(child)) {
                max = Math.max(max, logits[base + trie.token(child)]);
            }
        }
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            if (mask.open(child)) {
                sum += Math.exp(logits[base + trie.token(child)] - max);
            }
        }
        return (float) (max + Math.log(sum));
    }

    /** Takes a beam's children among the candidates as far as they are good enough. */
    void offer(int beam, float[] logits, int base, float total) {
        int node = beams.node[beam];
        double score = beams.score[beam] - total;
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            double candidate = score + logits[base + trie.token(child)];
            boolean fits = candidates.size < width || candidate > candidates.score[0];
            if (fits && mask.open(child)) {
                candidates.push(candidate, child, beam);
            }
        }
    }

    /** Makes the candidates the beams; those that end a sequence are finished. */
    void advance() {
        Hypotheses next = new Hypotheses(width, trie.depth());
        for (int i : candidates.bestFirst()) {
            int node = candidates.node[i];
            int parent = candidates.parent[i];
            int[] path = Arrays.copyOf(beams.path[parent], beams.path[parent].length + 1);
            path[path.length - 1] = trie.token(node);
            if (trie.isLeaf(node)) {
                finished.add(new Beam(
                        trie.item(node), Arrays.stream(path).boxed().toList(), candidates.score[i]));
            } else {
                int at = next.size++;
                next.node[at] = node;
                next.score[at] = candidates.score[i];
                next.fed[at] = beams.fed[parent];
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

    void addBranches(List<Branch> branches) {
        for (int beam = 0; beam < beams.size; beam++) {
            int[] path = beams.path[beam];
            branches.add(Branch.of(beams.fed[beam], Input.of(path[path.length - 1])));
        }
    }

    /** Takes its nodes of a feed; {@return where the next group's begin} */
    int fed(int[] nodes, int from) {
        System.arraycopy(nodes, from, beams.fed, 0, beams.size);
        return from + beams.size;
    }

    /** {@return the finished hypotheses, best first, each item once} */
    List<Beam> best() {
        Set<Integer> seen = new HashSet<>();
        return finished.stream()
                .sorted(Comparator.comparingDouble(Beam::score).reversed().thenComparing(Beam::item))
                .filter(beam -> seen.add(beam.item()))
                .limit(width)
                .toList();
    }

    /** Columns of equal length; as a heap the worst score is first. */
    private static final class Hypotheses {
        final double[] score;
        final int[] node;
        final int[] parent;
        final int[] fed;
        final int[][] path;
        int size;

        Hypotheses(int capacity, int depth) {
            score = new double[capacity];
            node = new int[capacity];
            parent = new int[capacity];
            fed = new int[capacity];
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
            return java.util.stream.IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -score[i]).thenComparing(i -> node[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}
