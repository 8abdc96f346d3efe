package dev.sidereal.model.decode;

/** Receives generated texts while they grow. Called on the thread that generates. */
@FunctionalInterface
public interface PieceListener {
    /**
     * Takes the next piece.
     *
     * @param text number of the text among those generated together, from 0
     * @param piece never empty, only whole characters
     * @return whether the text is to go on
     */
    boolean piece(int text, String piece);

    /** {@return a listener that wants all and does nothing} */
    static PieceListener none() {
        return (text, piece) -> true;
    }
}
