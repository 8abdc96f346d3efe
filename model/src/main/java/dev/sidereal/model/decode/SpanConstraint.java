package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;

/**
 * Texts that hold item spans: an opening token, one sequence of a trie, a closing token. Outside spans the text is free but
 * for the item tokens and the closing one; inside, only what leads to an item that the mask lets through. What is
 * written between the delimiters is therefore always an item. Source: NEO, arXiv 2603.17533, states TEXT and SPAN.
 */
public final class SpanConstraint implements TokenConstraint {
    private static final int TEXT = -1;

    private final TrieMask mask;
    private final int open;
    private final int close;
    private final int firstItemToken;
    private final int endItemTokens;

    /**
     * @param mask what may be named
     * @param open the token that begins a span
     * @param close the token that ends it
     * @param firstItemToken the first of the tokens that items are written with
     * @param endItemTokens the end of these, exclusive
     * @throws BadConfig if a delimiter is an item token, or the trie has others than these
     */
    public SpanConstraint(TrieMask mask, int open, int close, int firstItemToken, int endItemTokens) {
        TokenTrie trie = mask.trie();
        for (int level = 0; level < trie.depth(); level++) {
            if (trie.lowest(level) < firstItemToken || trie.highest(level) >= endItemTokens) {
                throw new BadConfig("The trie has tokens from " + trie.lowest(level) + " to " + trie.highest(level)
                        + " at level " + level + "; the item tokens are " + firstItemToken + " to "
                        + (endItemTokens - 1) + ".");
            }
        }
        if (open == close
                || isItem(open, firstItemToken, endItemTokens)
                || isItem(close, firstItemToken, endItemTokens)) {
            throw new BadConfig("The delimiters of spans must differ from each other and from the item tokens "
                    + firstItemToken + " to " + (endItemTokens - 1) + ", got " + open + " and " + close + ".");
        }
        this.mask = mask;
        this.open = open;
        this.close = close;
        this.firstItemToken = firstItemToken;
        this.endItemTokens = endItemTokens;
    }

    private static boolean isItem(int token, int first, int end) {
        return token >= first && token < end;
    }

    @Override
    public int start() {
        return TEXT;
    }

    /** {@return whether a state is inside a span} */
    public boolean inSpan(int state) {
        return state != TEXT;
    }

    @Override
    public void restrict(int state, float[] logits) {
        if (state == TEXT) {
            Arrays.fill(logits, firstItemToken, endItemTokens, Float.NEGATIVE_INFINITY);
            logits[close] = Float.NEGATIVE_INFINITY;
            if (mask.trie().leaves() == 0 || !mask.open(TokenTrie.ROOT)) {
                logits[open] = Float.NEGATIVE_INFINITY;
            }
        } else if (mask.trie().isLeaf(state)) {
            float kept = logits[close];
            Arrays.fill(logits, Float.NEGATIVE_INFINITY);
            logits[close] = Float.isFinite(kept) ? kept : 0;
        } else {
            keepChildren(state, logits);
        }
    }

    private void keepChildren(int node, float[] logits) {
        TokenTrie trie = mask.trie();
        int first = trie.firstChild(node);
        float[] kept = new float[trie.endChild(node) - first];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.open(first + i) ? logits[trie.token(first + i)] : Float.NEGATIVE_INFINITY;
        }
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < kept.length; i++) {
            logits[trie.token(first + i)] = kept[i];
        }
    }

    @Override
    public int next(int state, int token) {
        if (state == TEXT) {
            return token == open ? TokenTrie.ROOT : TEXT;
        }
        return mask.trie().isLeaf(state) ? TEXT : mask.trie().child(state, token);
    }
}
