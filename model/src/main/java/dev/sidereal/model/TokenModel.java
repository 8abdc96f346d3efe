package dev.sidereal.model;

import dev.sidereal.model.Tokenizer.Tokens;

/** What reads batches of token ids and gives token states. */
interface TokenModel extends AutoCloseable {
    /** {@return length of a token state; -1 if the model leaves it open} */
    int dims();

    /**
     * Runs one batch.
     *
     * @param batch positions in {@code texts}, the longest first
     * @return {@code float[batch][width][dims]}, flat, width being the longest text's tokens
     */
    float[] states(Tokens[] texts, int[] batch);

    @Override
    void close();
}
