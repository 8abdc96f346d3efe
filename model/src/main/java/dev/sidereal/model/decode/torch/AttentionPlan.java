package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.PathTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which new positions of a feed look at which nodes. Branches that stem from one first position form a group: its keys
 * are read once for all of them, and a mask keeps each to its own path. Groups are padded to one size. Takes
 * {@code O(groups * queries * keys)}; many long unlike branches below one shared prefix waste some of that.
 *
 * @param groups number of groups
 * @param queries new positions of the largest group
 * @param keys nodes of the largest group
 * @param queryRows {@code int[groups * queries]}, which new position of the feed stands there; padding is 0
 * @param slots {@code int[rows]}, where each new position stands in {@code queryRows}
 * @param keyNodes {@code int[groups * keys]}, which node stands there, rising; padding is 0
 * @param mask {@code byte[groups * queries * keys]}, 1 where a position looks; padding looks at the first key
 */
record AttentionPlan(int groups, int queries, int keys, int[] queryRows, int[] slots, int[] keyNodes, byte[] mask) {
    /**
     * {@return the plan of a feed}
     *
     * @param tree holds the new positions already
     * @param first node of the first new position
     */
    static AttentionPlan of(PathTree tree, int first, List<Branch> branches) {
        return new Planner(tree, first, branches).plan();
    }

    /** {@return whether the only group's keys are the nodes from 0 on, so that they need not be gathered} */
    boolean keysLieInOrder() {
        return groups == 1 && keyNodes[keys - 1] == keys - 1;
    }

    /** The work of making a plan. */
    private static final class Planner {
        private final PathTree tree;
        private final int first;
        private final Map<Integer, List<Chain>> chains = new LinkedHashMap<>();
        private final BitSet starts = new BitSet();
        private final int[] columns;

        /** Nodes of one branch, {@code from} inclusive. */
        private record Chain(int from, int to) {}

        Planner(PathTree tree, int first, List<Branch> branches) {
            this.tree = tree;
            this.first = first;
            columns = new int[tree.size()];
            int node = first;
            for (Branch branch : branches) {
                int root = branch.parent() == DecodeSession.ROOT ? node : tree.path(branch.parent())[0];
                Chain chain = new Chain(node, node + branch.input().length());
                chains.computeIfAbsent(root, _ -> new ArrayList<>()).add(chain);
                starts.set(node);
                node = chain.to;
            }
        }

        AttentionPlan plan() {
            List<int[]> rows = new ArrayList<>();
            List<int[]> nodes = new ArrayList<>();
            chains.values().forEach(group -> {
                rows.add(group.stream()
                        .flatMapToInt(chain -> IntStream.range(chain.from, chain.to))
                        .toArray());
                nodes.add(seen(group));
            });
            int queries = rows.stream().mapToInt(r -> r.length).max().orElseThrow();
            int keys = nodes.stream().mapToInt(n -> n.length).max().orElseThrow();
            int groups = rows.size();
            int[] queryRows = new int[groups * queries];
            int[] slots = new int[tree.size() - first];
            int[] keyNodes = new int[groups * keys];
            byte[] mask = new byte[groups * queries * keys];
            for (int g = 0; g < groups; g++) {
                System.arraycopy(nodes.get(g), 0, keyNodes, g * keys, nodes.get(g).length);
                Arrays.setAll(columns, _ -> -1);
                for (int i = 0; i < nodes.get(g).length; i++) {
                    columns[nodes.get(g)[i]] = i;
                }
                for (int i = 0; i < queries; i++) {
                    int slot = g * queries + i;
                    if (i < rows.get(g).length) {
                        int node = rows.get(g)[i];
                        queryRows[slot] = node - first;
                        slots[node - first] = slot;
                        look(node, mask, slot * keys, keys);
                    } else {
                        mask[slot * keys] = 1;
                    }
                }
            }
            return new AttentionPlan(groups, queries, keys, queryRows, slots, keyNodes, mask);
        }

        /** {@return the nodes of all paths of a group, rising} */
        private int[] seen(List<Chain> group) {
            BitSet seen = new BitSet(tree.size());
            for (Chain chain : group) {
                seen.set(chain.from, chain.to);
                for (int n = tree.parent(chain.from); n != DecodeSession.ROOT && !seen.get(n); n = tree.parent(n)) {
                    seen.set(n);
                }
            }
            return seen.stream().toArray();
        }

        /** Marks the path of a node; one that follows its parent in the same branch copies the parent's row. */
        private void look(int node, byte[] mask, int at, int keys) {
            if (!starts.get(node)) {
                System.arraycopy(mask, at - keys, mask, at, keys);
                mask[at + columns[node]] = 1;
                return;
            }
            for (int n = node; n != DecodeSession.ROOT; n = tree.parent(n)) {
                mask[at + columns[n]] = 1;
            }
        }
    }
}
