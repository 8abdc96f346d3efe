package dev.sidereal.engine;

import dev.sidereal.core.error.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Lets many writers share commits: whoever wrote waits for the first commit that begins afterwards. A commit begins no
 * sooner than a set time after the one before, so that the disk is not asked to sync for every single write.
 * Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private final Runnable commit;
    private final long pauseNanos;
    private final LongAdder commits = new LongAdder();
    private final Thread worker;

    private long begun;
    private long done;
    private long wanted;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /** @param pause from the beginning of one commit to the beginning of the next */
    GroupCommit(Runnable commit, Duration pause) {
        this.commit = commit;
        this.pauseNanos = pause.toNanos();
        this.worker = Thread.ofPlatform().daemon().name("commit").start(this::work);
    }

    /**
     * Waits until what the caller wrote before is durable.
     *
     * @throws Unavailable if the commit failed, or there will be none because this is closed
     */
    synchronized void await() {
        if (closed) {
            throw stopped();
        }
        // The commit under way may have begun before the write: only the one after it certainly has it.
        long mine = begun + 1;
        wanted = Math.max(wanted, mine);
        notifyAll();
        boolean interrupted = false;
        while (done < mine && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new Unavailable(
                    "writing stopped after a commit failed: " + failure.getMessage() + "; mend that and start again",
                    failure);
        }
    }

    /** {@return commits so far} */
    long commits() {
        return commits.sum();
    }

    private void work() {
        long last = System.nanoTime() - pauseNanos;
        while (true) {
            try {
                if (!next()) {
                    return;
                }
                long wait = pauseNanos - (System.nanoTime() - last);
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
            } catch (InterruptedException e) {
                continue;
            }
            last = System.nanoTime();
            if (!commitOnce()) {
                return;
            }
        }
    }

    /** {@return true once a commit is wanted, false when closed and none is} */
    private synchronized boolean next() throws InterruptedException {
        while (wanted <= begun && !closed) {
            wait();
        }
        return wanted > begun;
    }

    private boolean commitOnce() {
        synchronized (this) {
            begun++;
        }
        RuntimeException thrown = null;
        try {
            commit.run();
            commits.increment();
        } catch (RuntimeException e) {
            thrown = e;
        }
        synchronized (this) {
            done = begun;
            failure = thrown;
            notifyAll();
        }
        return thrown == null;
    }

    private static Unavailable stopped() {
        return new Unavailable("the server is stopping and takes no more writes; send this again to the next one");
    }

    /** Finishes the commits that writers wait for. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
