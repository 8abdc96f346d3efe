package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineTaskTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream to = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong(-7);

    @Test
    void quickWorkIsSilent() {
        LineTask task = new LineTask(to, "encoding passages", 100, clock::get);
        task.advance(60);
        wait(4);
        task.advance(40);
        assertThat(bytes.size()).isZero();
    }

    @Test
    void longWorkSaysHowFarItIsAndHowLongItTakes() {
        LineTask task = new LineTask(to, "encoding passages", 4_000, clock::get);
        wait(5);
        task.advance(1_000);
        wait(1);
        task.advance(1);
        wait(145);
        task.advance(999);
        assertThat(lines())
                .containsExactly(
                        "encoding passages: 1,000 of 4,000 (25 %), 15 s left",
                        "encoding passages: 2,000 of 4,000 (50 %), 2 min 31 s left");
    }

    @Test
    void workOfUnknownLengthSaysHowMuchIsDone() {
        LineTask task = new LineTask(to, "reading", -1, clock::get);
        wait(7_300);
        task.advance(12);
        assertThat(lines()).containsExactly("reading: 12 in 2 h 1 min");
    }

    private void wait(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private String[] lines() {
        return bytes.toString(StandardCharsets.UTF_8).split("\\R");
    }
}
