package dev.sidereal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import org.junit.jupiter.api.Test;

class BenchmarksTest {
    @Test
    void everyBenchmarkIsFoundByItsName() {
        assertThat(Benchmarks.all()).isNotEmpty();
        for (Benchmark benchmark : Benchmarks.all()) {
            assertThat(Benchmarks.named(benchmark.name())).isSameAs(benchmark);
            assertThat(benchmark.question()).endsWith("?");
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Benchmarks.named("speed"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "there is no benchmark 'speed'; there are embed, lm, beam, train-step, dense, hybrid, index, serve");
    }
}
