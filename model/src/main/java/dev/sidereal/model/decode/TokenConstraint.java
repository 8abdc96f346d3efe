package dev.sidereal.model.decode;

/**
 * Which tokens may follow which while a text is generated. A state is a number that means something to the constraint
 * alone. Implementations are immutable and thread-safe.
 */
public interface TokenConstraint {
    /** {@return the state before the first token} */
    int start();

    /** Sets the logits of the tokens that may not follow to minus infinity; {@code float[vocabulary]}. */
    void restrict(int state, float[] logits);

    /** {@return the state after a token that was allowed} */
    int next(int state, int token);

    /** {@return the constraint that allows everything} */
    static TokenConstraint none() {
        return new TokenConstraint() {
            @Override
            public int start() {
                return 0;
            }

            @Override
            public void restrict(int state, float[] logits) {
                // Everything is allowed.
            }

            @Override
            public int next(int state, int token) {
                return state;
            }
        };
    }
}
