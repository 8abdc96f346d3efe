package dev.sidereal.model.decode;

import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link TokenTrie} that leads to items which may be produced: a bit a node. Made for a filter, rights,
 * or what is available, by {@link TokenTrie#where}. Immutable and thread-safe.
 */
public final class TrieMask {
    private final TokenTrie trie;
    private final long @Nullable [] bits;

    TrieMask(TokenTrie trie, long @Nullable [] bits) {
        this.trie = trie;
        this.bits = bits;
    }

    /** {@return the trie it belongs to} */
    public TokenTrie trie() {
        return trie;
    }

    /** {@return whether an allowed item lies at or below a node} */
    public boolean open(int node) {
        return bits == null || (bits[node >> 6] >>> node & 1) != 0;
    }

    /** {@return the mask of items that both let through} */
    public TrieMask and(TrieMask other) {
        if (other.trie != trie) {
            throw new IllegalArgumentException("masks of two tries cannot be combined");
        }
        // Bits of inner nodes cannot be combined by themselves: two open leaves below a node need not be the same.
        return bits == null
                ? other
                : other.bits == null ? this : trie.whereLeaf(leaf -> open(leaf) && other.open(leaf));
    }
}
