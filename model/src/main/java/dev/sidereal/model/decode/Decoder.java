package dev.sidereal.model.decode;

/** A decoder-only transformer opened for generation. Thread-safe; each session belongs to one thread at a time. */
public interface Decoder extends AutoCloseable {
    /** {@return its shape} */
    DecoderConfig config();

    /**
     * Opens a session.
     *
     * @param capacity most positions it will hold, over all branches; memory for keys and values is taken at once
     */
    DecodeSession open(int capacity);

    @Override
    void close();
}
