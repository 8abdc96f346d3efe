package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenTrieTest {
    @Property(tries = 200)
    void leavesAreExactlyTheSequencesWithTheirItems(
            @ForAll long seed, @ForAll @IntRange(max = 300) int count, @ForAll @IntRange(min = 1, max = 4) int depth) {
        List<int[]> sequences = distinct(new Random(seed), count, depth, 7);
        TokenTrie trie = TokenTrie.of(sequences);
        Map<List<Integer>, Integer> leaves = new HashMap<>();
        walk(trie, trie.all(), TokenTrie.ROOT, List.of(), leaves);
        assertThat(leaves).hasSameSizeAs(sequences);
        for (int i = 0; i < sequences.size(); i++) {
            assertThat(leaves)
                    .containsEntry(Arrays.stream(sequences.get(i)).boxed().toList(), i);
        }
        assertThat(trie.leaves()).isEqualTo(sequences.size());
    }

    @Property(tries = 200)
    void aMaskOpensExactlyWhatLeadsToItsItems(@ForAll long seed, @ForAll @IntRange(max = 200) int count) {
        Random random = new Random(seed);
        List<int[]> sequences = distinct(random, count, 3, 6);
        TokenTrie trie = TokenTrie.of(sequences);
        boolean[] one = random(random, sequences.size());
        boolean[] two = random(random, sequences.size());
        TrieMask mask = trie.where(item -> one[item]);
        Map<List<Integer>, Integer> open = new HashMap<>();
        walk(trie, mask, TokenTrie.ROOT, List.of(), open);
        Map<List<Integer>, Integer> both = new HashMap<>();
        TrieMask and = mask.and(trie.where(item -> two[item]));
        walk(trie, and, TokenTrie.ROOT, List.of(), both);
        for (int i = 0; i < sequences.size(); i++) {
            assertThat(open.containsValue(i)).isEqualTo(one[i]);
            assertThat(both.containsValue(i)).isEqualTo(one[i] && two[i]);
        }
        for (int node = 0; node < trie.nodes(); node++) {
            Map<List<Integer>, Integer> below = new HashMap<>();
            walk(trie, and, node, List.of(), below);
            assertThat(and.open(node)).isEqualTo(!below.isEmpty());
        }
    }

    @Test
    void aChildIsFoundByItsToken() {
        TokenTrie trie = TokenTrie.of(List.of(new int[] {5, 9}, new int[] {3, 2}, new int[] {5, 1}));
        int five = trie.child(TokenTrie.ROOT, 5);
        assertThat(trie.item(trie.child(five, 1))).isEqualTo(2);
        assertThat(trie.item(trie.child(five, 9))).isZero();
        assertThat(trie.child(five, 2)).isEqualTo(-1);
        assertThat(trie.lowest(1)).isEqualTo(1);
        assertThat(trie.highest(1)).isEqualTo(9);
    }

    @Test
    void sequencesThatCannotBeToldApartAreRefused() {
        assertThatThrownBy(() -> TokenTrie.of(List.of(new int[] {1, 2}, new int[] {3, 4}, new int[] {1, 2})))
                .isInstanceOf(BadInput.class)
                .hasMessage("The items 0 and 2 have the same sequence [1, 2]; give each item one of its own.");
        assertThatThrownBy(() -> TokenTrie.of(List.of(new int[] {1, 2, 7}, new int[] {1, 2})))
                .isInstanceOf(BadInput.class)
                .hasMessage("The items 0 and 1 have sequences of which one begins the other, [1, 2]; give each item one"
                        + " of its own.");
        assertThatThrownBy(() -> TokenTrie.of(List.of(new int[] {1}, new int[0])))
                .isInstanceOf(BadInput.class)
                .hasMessage("The sequence of item 1 is empty; expected at least one token.");
        assertThatThrownBy(() -> TokenTrie.of(List.of(new int[] {1, -4})))
                .isInstanceOf(BadInput.class)
                .hasMessage("The sequence of item 0 has the token -4; expected 0 or above.");
    }

    /** Sequences of unequal length, none the beginning of another, in random order. */
    private static List<int[]> distinct(Random random, int count, int depth, int tokens) {
        TreeSet<int[]> sequences = new TreeSet<>(Arrays::compare);
        for (int i = 0; i < count; i++) {
            int[] sequence = random.ints(1 + random.nextInt(depth), 0, tokens).toArray();
            boolean clashes = sequences.stream().anyMatch(s -> {
                int shared = Math.min(s.length, sequence.length);
                return Arrays.equals(s, 0, shared, sequence, 0, shared);
            });
            if (!clashes) {
                sequences.add(sequence);
            }
        }
        List<int[]> shuffled = new ArrayList<>(sequences);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static boolean[] random(Random random, int size) {
        boolean[] out = new boolean[size];
        for (int i = 0; i < size; i++) {
            out[i] = random.nextInt(3) == 0;
        }
        return out;
    }

    private static void walk(
            TokenTrie trie, TrieMask mask, int node, List<Integer> path, Map<List<Integer>, Integer> leaves) {
        if (trie.nodes() == 1 || !mask.open(node)) {
            return;
        }
        if (trie.isLeaf(node)) {
            leaves.put(path, trie.item(node));
            return;
        }
        for (int child = trie.firstChild(node); child < trie.endChild(node); child++) {
            List<Integer> longer = new ArrayList<>(path);
            longer.add(trie.token(child));
            walk(trie, mask, child, longer, leaves);
        }
    }
}
