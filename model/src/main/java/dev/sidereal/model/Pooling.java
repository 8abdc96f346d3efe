package dev.sidereal.model;

/** How token states become one vector. */
public enum Pooling {
    /** The state of the first token. */
    CLS,
    /** The average state of all tokens, padding excluded. */
    MEAN,
    /** The state of the last token, padding excluded. */
    LAST_TOKEN;

    /**
     * Pools one text of a batch.
     *
     * @param states {@code float[batch][width][dims]}, flat
     * @param start where the text's states begin in {@code states}
     * @param tokens how many tokens of the text are real, at least one
     * @return {@code float[dims]}
     */
    float[] pool(float[] states, int start, int tokens, int dims) {
        float[] vector = new float[dims];
        switch (this) {
            case CLS -> System.arraycopy(states, start, vector, 0, dims);
            case LAST_TOKEN -> System.arraycopy(states, start + (tokens - 1) * dims, vector, 0, dims);
            case MEAN -> {
                for (int token = 0, at = start; token < tokens; token++, at += dims) {
                    for (int d = 0; d < dims; d++) {
                        vector[d] += states[at + d];
                    }
                }
                for (int d = 0; d < dims; d++) {
                    vector[d] /= tokens;
                }
            }
        }
        return vector;
    }
}
