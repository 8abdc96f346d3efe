package dev.sidereal.server.frame;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many requests work at the same time; the others wait a moment and are then turned away. Thread-safe. */
final class Gate {
    private final String what;
    private final int width;
    private final Duration patience;
    private final Semaphore free;

    Gate(String what, int width, Duration patience) {
        this.what = what;
        this.width = width;
        this.patience = patience;
        this.free = new Semaphore(width, true);
    }

    /**
     * Takes a place; give it back by {@link #leave}.
     *
     * @throws Refusal 429 if none became free in time
     */
    void enter() {
        try {
            if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Refusal.of(
                        429,
                        width + " " + what + " are under way, which is all that this server takes at a time;"
                                + " try again in a second")
                .with("Retry-After", "1");
    }

    void leave() {
        free.release();
    }

    /** {@return how many are under way} */
    int inside() {
        return width - free.availablePermits();
    }
}
