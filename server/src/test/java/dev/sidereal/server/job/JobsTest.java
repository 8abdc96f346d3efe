package dev.sidereal.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final Job.Task TASK = new Job.Task("tiny", "test", List.of("bm25"), "minilm-q");
    private static final Job.Result RESULT =
            new Job.Result(List.of(Map.of("system", "bm25")), Map.of(), List.of(), Map.of(), Map.of(), Map.of());

    private static Job ended(Jobs jobs, String id) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            long seen = jobs.changes();
            Job job = jobs.job(id).orElseThrow();
            if (job.ended()) {
                return job;
            }
            jobs.awaitChange(seen, Duration.ofMillis(50));
        }
        throw new AssertionError("the job has not ended");
    }

    @Test
    void aResultIsKeptOverRestarts(@TempDir Path folder) throws InterruptedException {
        String id;
        try (Jobs jobs = new Jobs(folder, (task, progress) -> RESULT)) {
            id = jobs.submit(TASK).id();
            assertThat(ended(jobs, id).state()).isEqualTo("done");
        }
        try (Jobs again = new Jobs(folder, (task, progress) -> {
            throw new AssertionError("it was done already");
        })) {
            assertThat(again.job(id).orElseThrow().result()).isEqualTo(RESULT);
            assertThat(again.list()).extracting(Job::id).containsExactly(id);
        }
    }

    @Test
    void whatWasRunningAtAStopIsBegunAgain(@TempDir Path folder) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        String id;
        try (Jobs jobs = new Jobs(folder, (task, progress) -> endless(progress, begun))) {
            id = jobs.submit(TASK).id();
            begun.await();
        }
        try (Jobs again = new Jobs(folder, (task, progress) -> RESULT)) {
            assertThat(ended(again, id).state()).isEqualTo("done");
        }
    }

    @Test
    void aRunningJobStopsAtItsNextStepAndAWaitingOneAtOnce(@TempDir Path folder) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        try (Jobs jobs = new Jobs(folder, (task, progress) -> endless(progress, begun))) {
            String running = jobs.submit(TASK).id();
            String waiting = jobs.submit(TASK).id();
            begun.await();
            jobs.cancel(waiting);
            assertThat(jobs.job(waiting).orElseThrow().state()).isEqualTo("cancelled");
            jobs.cancel(running);
            assertThat(ended(jobs, running).state()).isEqualTo("cancelled");
        }
    }

    @Test
    void aFailureIsItsSentence(@TempDir Path folder) throws InterruptedException {
        try (Jobs jobs = new Jobs(folder, (task, progress) -> {
            throw new BadInput("the data is odd; mend it");
        })) {
            Job job = ended(jobs, jobs.submit(TASK).id());
            assertThat(job.state()).isEqualTo("failed");
            assertThat(job.error()).isEqualTo("the data is odd; mend it");
        }
    }

    private static Job.Result endless(Progress progress, CountDownLatch begun) {
        try (Progress.Task task = progress.start("waiting for the end", -1)) {
            begun.countDown();
            while (true) {
                task.advance(1);
                Thread.onSpinWait();
            }
        }
    }
}
