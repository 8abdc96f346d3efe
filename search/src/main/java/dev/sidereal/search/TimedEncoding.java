package dev.sidereal.search;

import dev.sidereal.core.Deadline;
import dev.sidereal.core.Encoder;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The vector of a query, waited for no longer than the deadline allows. */
final class TimedEncoding {
    private TimedEncoding() {}

    /**
     * {@return the vector}
     *
     * @throws dev.sidereal.core.error.BudgetExceeded if it was not there in time; the encoder is interrupted
     */
    static float[] of(Encoder encoder, String text, Deadline deadline) {
        if (!deadline.bounded()) {
            return encode(encoder, text);
        }
        deadline.check();
        FutureTask<float[]> task = new FutureTask<>(() -> encode(encoder, text));
        Thread worker = Thread.ofVirtual().name("encode query").start(task);
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            throw deadline.exceeded();
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("stopped while a query was encoded").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("encoding a query failed", e.getCause());
        }
    }

    private static float[] encode(Encoder encoder, String text) {
        return encoder.encode(Encoder.Role.QUERY, List.of(text)).vectors()[0];
    }
}
