package dev.sidereal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    private void keep(String name) {
        closer.keep(() -> closed.add(name));
    }

    private void keepBroken(String name, Exception failure) {
        closer.keep(() -> {
            closed.add(name);
            throw failure;
        });
    }

    @Test
    void theLastIsClosedFirstAndEachOnce() {
        keep("corpus");
        keep("index");
        closer.close();
        closer.close();
        assertThat(closed).containsExactly("index", "corpus");
    }

    @Test
    void everythingIsClosedAndTheFirstFailureIsThrownWithTheOthers() {
        keep("corpus");
        keepBroken("vectors", new IllegalStateException("second"));
        keep("index");
        keepBroken("encoder", new IOException("first"));
        assertThatThrownBy(closer::close)
                .isInstanceOf(Unavailable.class)
                .hasMessage("cannot close what was in use: java.io.IOException: first")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("second")));
        assertThat(closed).containsExactly("encoder", "index", "vectors", "corpus");
    }

    @Test
    void aFailureOfItsOwnKindIsThrownAsItIs() {
        IllegalStateException failure = new IllegalStateException("busy");
        keepBroken("encoder", failure);
        assertThatThrownBy(closer::close).isSameAs(failure);
    }
}
