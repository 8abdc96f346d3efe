package dev.sidereal.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: asks the running command to stop and gives it time to close what it has open. Thread-safe.
 *
 * <p>The command's thread is interrupted, and every {@link ConsoleProgress} task refuses its next step, so that long
 * work ends at a step's boundary in whichever thread it runs.
 */
final class Interruption {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    private Interruption() {}

    /** {@return an interruption that nobody asks for} */
    static Interruption never() {
        return new Interruption();
    }

    /** {@return an interruption that the end of the JVM asks for, unless the command has finished by then} */
    static Interruption onShutdown(Thread worker) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(worker), "stop"));
        return interruption;
    }

    /** {@return whether the command should stop} */
    boolean requested() {
        return requested;
    }

    /** Waits until it is asked for. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            // That is how Ctrl-C reaches the command's own thread.
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the command is over; the JVM need not wait for it any more. */
    void finished() {
        finished.countDown();
    }

    void stop(Thread worker) {
        if (finished.getCount() == 0) {
            return;
        }
        requested = true;
        asked.countDown();
        worker.interrupt();
        try {
            boolean _ = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
