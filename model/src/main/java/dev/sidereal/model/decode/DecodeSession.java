package dev.sidereal.model.decode;

import java.util.List;

/**
 * Keys and values of tokens as a tree: every fed position is a node that attends to itself and its ancestors. A prompt
 * is a chain, beams are branches that share it, and nothing is ever copied or reordered. Not thread-safe.
 */
public interface DecodeSession extends AutoCloseable {
    /** Parent of a first position. */
    int ROOT = -1;

    /**
     * Feeds branches, all in one pass.
     *
     * @return the node of each branch's last position
     * @throws dev.sidereal.core.error.BadConfig if a parent does not exist, a token is outside the vocabulary, or a path
     *     grows beyond the model's positions
     * @throws dev.sidereal.core.error.BudgetExceeded if the session's capacity does not suffice; nothing was fed
     */
    int[] feed(List<Branch> branches);

    /**
     * {@return scores of the tokens {@code from} (inclusive) to {@code to} (exclusive) after each branch of the last
     * {@link #feed}, {@code float[branches][to - from]}, flat; logits, not normalised}
     */
    float[] logits(int from, int to);

    /** {@return last hidden state of each branch of the last {@link #feed}, after the final norm, {@code float[branches][hidden]}} */
    float[][] hidden();

    /** {@return how many positions are held} */
    int size();

    /** Forgets every node that was fed after the session held {@code size} positions. */
    void rewind(int size);

    @Override
    void close();
}
