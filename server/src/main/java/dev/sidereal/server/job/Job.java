package dev.sidereal.server.job;

import dev.sidereal.server.frame.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation, from being asked for to its result. Immutable: every change is another job of the same id.
 *
 * @param id of the job
 * @param created when it was asked for, ISO
 * @param state queued, running, done, failed or cancelled
 * @param task what is evaluated
 * @param progress how far it is
 * @param result once it is done
 * @param error once it failed
 */
public record Job(
        String id,
        @Doc("when it was asked for") String created,
        @Doc("queued, running, done, failed or cancelled") String state,
        Task task,
        Progress progress,
        @Nullable Result result,
        @Nullable String error) {
    static final String QUEUED = "queued";
    static final String RUNNING = "running";
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    /** What is evaluated. */
    public record Task(
            @Doc("name of an evaluation set") String data,

            @Doc("of its judgments, test unless given") @Nullable
            String split,

            @Doc("of bm25, dense, hybrid; those the index has unless given") @Nullable
            List<String> systems,

            @Doc("a packaged one; the index's unless given") @Nullable
            String encoder) {}

    /** How far the step under way is. */
    public record Progress(
            @Doc("the step") String what,
            long done,
            @Doc("-1 if it is not known") long total) {
        static Progress none() {
            return new Progress("waiting", 0, -1);
        }
    }

    /** What was found. */
    public record Result(
            @Doc("one a system: system, measures, p50_ms, p95_ms, build_s, index_bytes")
            List<Map<String, Object>> rows,

            Map<String, String> circumstances,
            @Doc("what to know before trusting the figures") List<String> warnings,
            @Doc("system to query to measure to value") Map<String, Map<String, Map<String, Double>>> perQuery,
            @Doc("system to measure to low and high, 95 %") Map<String, Map<String, List<Double>>> intervals,
            @Doc("query to text") Map<String, String> queries) {}

    static Job queued(String id, String created, Task task) {
        return new Job(id, created, QUEUED, task, Progress.none(), null, null);
    }

    /** {@return whether nothing more happens to it} */
    public boolean ended() {
        return !state.equals(QUEUED) && !state.equals(RUNNING);
    }

    /** {@return this job without its result, for lists and events} */
    public Job brief() {
        return new Job(id, created, state, task, progress, null, error);
    }

    Job running(Progress progress) {
        return new Job(id, created, RUNNING, task, progress, null, null);
    }

    Job done(Result result) {
        return new Job(id, created, DONE, task, progress, result, null);
    }

    Job failed(String error) {
        return new Job(id, created, FAILED, task, progress, null, error);
    }

    Job cancelled() {
        return new Job(id, created, CANCELLED, task, progress, null, null);
    }
}
