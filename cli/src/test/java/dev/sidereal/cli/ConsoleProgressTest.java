package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Progress;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final Terminal terminal = Terminal.plain(new ByteArrayOutputStream(), new ByteArrayOutputStream());

    @Test
    void workStopsAtItsNextStepAfterCtrlC() throws InterruptedException {
        Thread worker = Thread.ofPlatform().unstarted(() -> {});
        Interruption interruption = Interruption.never();
        Progress.Task task = new ConsoleProgress(terminal, interruption).start("indexing", 10);
        task.advance(1);

        Thread stop = Thread.ofPlatform().start(() -> interruption.stop(worker));
        while (!interruption.requested()) {
            Thread.sleep(1);
        }
        assertThatThrownBy(() -> task.advance(1)).isInstanceOf(CancellationException.class);
        assertThat(stop.isAlive())
                .as("waits until the command has closed what it had open")
                .isTrue();
        interruption.finished();
        stop.join();
    }
}
