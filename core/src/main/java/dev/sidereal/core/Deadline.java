package dev.sidereal.core;

import dev.sidereal.core.error.BudgetExceeded;
import java.time.Duration;

/**
 * The moment until which a caller waits for an answer. Work that takes long asks {@link #check} now and then and bounds
 * its own waiting by {@link #remaining}. Immutable and thread-safe.
 */
public final class Deadline {
    private static final Deadline NONE = new Deadline(Duration.ZERO, 0);

    private final Duration allowed;
    private final long endNanos;

    private Deadline(Duration allowed, long endNanos) {
        this.allowed = allowed;
        this.endNanos = endNanos;
    }

    /** {@return the deadline that never comes} */
    public static Deadline none() {
        return NONE;
    }

    /**
     * {@return the deadline so long from now}
     *
     * @param allowed more than zero
     */
    public static Deadline in(Duration allowed) {
        if (allowed.isZero() || allowed.isNegative()) {
            throw new IllegalArgumentException("a deadline must be in the future, got " + allowed);
        }
        return new Deadline(allowed, System.nanoTime() + allowed.toNanos());
    }

    /** {@return whether there is an end to the waiting} */
    public boolean bounded() {
        return this != NONE;
    }

    /** {@return whether the caller has stopped waiting} */
    public boolean expired() {
        return bounded() && System.nanoTime() - endNanos >= 0;
    }

    /** {@return how long the caller still waits, not negative; a hundred years without bound} */
    public Duration remaining() {
        return bounded() ? Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())) : Duration.ofDays(36_500);
    }

    /**
     * Does nothing while the caller waits.
     *
     * @throws BudgetExceeded once the deadline has come
     */
    public void check() {
        if (expired()) {
            throw exceeded();
        }
    }

    /** {@return the error that says this deadline has come} */
    public BudgetExceeded exceeded() {
        return new BudgetExceeded("the answer was not ready within " + allowed.toMillis()
                + " ms; allow more time, or ask for fewer results or with a narrower filter");
    }

    @Override
    public String toString() {
        return bounded() ? allowed.toMillis() + " ms" : "none";
    }
}
