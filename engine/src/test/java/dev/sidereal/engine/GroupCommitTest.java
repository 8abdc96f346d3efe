package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void whatWasWrittenBeforeIsCommittedAfterwards() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        AtomicInteger durable = new AtomicInteger();
        List<String> lost = java.util.Collections.synchronizedList(new ArrayList<>());
        try (GroupCommit commits = new GroupCommit(() -> durable.set(written.get()), Duration.ofMillis(1))) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < 20; n++) {
                        int mine = written.incrementAndGet();
                        commits.await();
                        if (durable.get() < mine) {
                            lost.add(mine + " of " + durable.get());
                        }
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(lost).isEmpty();
            assertThat(commits.commits()).isBetween(20L, 999L);
        }
    }

    @Test
    void aFailedCommitIsToldToAllThatWait() {
        try (GroupCommit commits = new GroupCommit(
                () -> {
                    throw new Unavailable("the disk is full");
                },
                Duration.ZERO)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(commits::await)
                        .isInstanceOf(Unavailable.class)
                        .hasMessage(
                                "writing stopped after a commit failed: the disk is full; mend that and start again");
            }
        }
    }

    @Test
    void afterTheEndNoWriteIsAccepted() {
        GroupCommit commits = new GroupCommit(() -> {}, Duration.ZERO);
        commits.close();
        assertThatThrownBy(commits::await)
                .isInstanceOf(Unavailable.class)
                .hasMessage("the server is stopping and takes no more writes; send this again to the next one");
    }
}
