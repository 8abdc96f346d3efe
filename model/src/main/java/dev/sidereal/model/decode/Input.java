package dev.sidereal.model.decode;

/** What a decoder reads at consecutive positions. */
public sealed interface Input {
    /** {@return how many positions it takes} */
    int length();

    /** {@return the input for these token ids} */
    static Input of(int... tokens) {
        return new Tokens(tokens);
    }

    /** Ids of the vocabulary. */
    record Tokens(int[] ids) implements Input {
        @Override
        public int length() {
            return ids.length;
        }
    }

    /**
     * Vectors that stand where token embeddings would: a soft prompt.
     *
     * @param rows {@code float[positions][hidden]}
     */
    record Vectors(float[][] rows) implements Input {
        @Override
        public int length() {
            return rows.length;
        }
    }
}
