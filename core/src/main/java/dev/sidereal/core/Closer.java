package dev.sidereal.core;

import dev.sidereal.core.error.Unavailable;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things that were opened, closed together: the last first, and each even if another cannot be closed. Not thread-safe. */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** {@return the thing, which is closed with this} */
    public <T extends AutoCloseable> T keep(T thing) {
        open.push(thing);
        return thing;
    }

    /**
     * Closes everything; once more does nothing.
     *
     * @throws RuntimeException the first failure, with those after it suppressed; an {@link Unavailable} for a checked one
     */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                RuntimeException failure = unchecked(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static RuntimeException unchecked(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new Unavailable("cannot close what was in use: " + e, e);
    }
}
