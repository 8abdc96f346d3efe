package dev.sidereal.server.job;

import dev.sidereal.core.Progress;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.server.frame.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Runs one job after the other and keeps each as a file {@code ID.json}. What was queued or running when the server
 * stopped is begun again by the next. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Jobs.class.getName());
    private static final int MAX_WAITING = 20;

    private final Path folder;
    private final Work work;
    private final Map<String, Job> jobs = new HashMap<>();
    private final ArrayDeque<String> queue = new ArrayDeque<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Thread worker;
    private boolean closed;
    private long changes;

    /** Does a job. */
    @FunctionalInterface
    public interface Work {
        /** {@return what was found; a step of the progress throws {@link CancellationException} once nobody wants it} */
        Job.Result run(Job.Task task, Progress progress);
    }

    /** Opens the jobs of a folder, which need not exist, and goes on with those that are not done. */
    public Jobs(Path folder, Work work) {
        this.folder = folder;
        this.work = work;
        load();
        this.worker = Thread.ofPlatform().daemon().name("evaluations").start(this::serve);
    }

    private void load() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Optional<Job> job = read(file);
                job.ifPresent(j -> jobs.put(j.id(), j));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        list().reversed().stream().filter(job -> !job.ended()).forEach(job -> {
            jobs.put(job.id(), Job.queued(job.id(), job.created(), job.task()));
            queue.add(job.id());
        });
    }

    private static Optional<Job> read(Path file) throws IOException {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), new TypeReference<Job>() {}));
        } catch (JacksonException e) {
            LOG.log(Level.WARNING, file + " is no evaluation and is passed over: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /**
     * Queues a job.
     *
     * @throws BudgetExceeded if too many wait
     */
    public synchronized Job submit(Job.Task task) {
        if (queue.size() >= MAX_WAITING) {
            throw new BudgetExceeded(MAX_WAITING + " evaluations wait already; cancel one or wait until one is done");
        }
        Job job = Job.queued(UUID.randomUUID().toString(), Instant.now().toString(), task);
        keep(job);
        queue.add(job.id());
        notifyAll();
        return job;
    }

    /** {@return all jobs, the latest first, without their results} */
    public synchronized List<Job> list() {
        List<Job> all = new ArrayList<>();
        jobs.values().forEach(job -> all.add(job.brief()));
        all.sort(Comparator.comparing(Job::created).reversed().thenComparing(Job::id));
        return all;
    }

    /** {@return a job} */
    public synchronized Optional<Job> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** Asks a job to stop; nothing happens to one that has ended. */
    public synchronized void cancel(String id) {
        Job job = jobs.get(id);
        if (job == null || job.ended()) {
            return;
        }
        if (queue.remove(id)) {
            keep(job.cancelled());
        } else {
            cancelled.add(id);
        }
        notifyAll();
    }

    /** {@return a number that grows with every change of a job} */
    public synchronized long changes() {
        return changes;
    }

    /** Waits until something changed since, at most so long. */
    public synchronized void awaitChange(long since, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (changes == since && !closed) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /** {@return whether no job will change any more} */
    public synchronized boolean closed() {
        return closed;
    }

    /** {@return how many wait or run} */
    public synchronized long open() {
        return jobs.values().stream().filter(job -> !job.ended()).count();
    }

    private void serve() {
        for (Job job = next(); job != null; job = next()) {
            Job ended = run(job);
            synchronized (this) {
                if (!closed || ended.state().equals(Job.DONE)) {
                    cancelled.remove(job.id());
                    keep(ended);
                }
            }
        }
    }

    private synchronized @Nullable Job next() {
        try {
            while (queue.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return null;
        }
        if (closed) {
            return null;
        }
        Job job = java.util.Objects.requireNonNull(jobs.get(queue.remove()));
        Job running = job.running(Job.Progress.none());
        keep(running);
        return running;
    }

    private Job run(Job job) {
        try {
            Job.Result result = work.run(job.task(), new Steps(job));
            return job.done(result);
        } catch (CancellationException e) {
            return job.cancelled();
        } catch (SiderealException e) {
            return job.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "evaluation " + job.id() + " failed", e);
            return job.failed("something unexpected happened; the server's log has it under evaluation " + job.id());
        }
    }

    /** Tells the job how far it is, and stops it when nobody wants it any more. */
    private final class Steps implements Progress {
        private final Job job;

        Steps(Job job) {
            this.job = job;
        }

        @Override
        public Task start(String what, long total) {
            show(what, 0, total);
            return new Task() {
                private long done;

                @Override
                public synchronized void advance(long steps) {
                    done += steps;
                    show(what, done, total);
                }
            };
        }

        private void show(String what, long done, long total) {
            synchronized (Jobs.this) {
                if (closed || cancelled.contains(job.id())) {
                    throw new CancellationException("the evaluation was cancelled");
                }
                jobs.put(job.id(), job.running(new Job.Progress(what, done, total)));
                changes++;
                Jobs.this.notifyAll();
            }
        }
    }

    private void keep(Job job) {
        jobs.put(job.id(), job);
        changes++;
        AtomicFile.write(folder.resolve(job.id() + ".json"), out -> out.write(Json.write(job)));
        notifyAll();
    }

    /** Stops the job under way, to be begun again by the next server. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            worker.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
