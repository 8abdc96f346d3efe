package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodersTest {
    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Encoders.open("bge-smal"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "There is no encoder \"bge-smal\"; expected one of bge-small, bge-small-q, minilm, minilm-q, "
                                + "a model's folder, or http(s)://host#model.");
    }

    @Test
    void theCacheFolderComesFromTheEnvironment() {
        assertThat(CacheFolder.resolve(Map.of("SIDEREAL_CACHE", "/a", "XDG_CACHE_HOME", "/b"), "/home/x"))
                .isEqualTo(Path.of("/a"));
        assertThat(CacheFolder.resolve(Map.of("XDG_CACHE_HOME", "/b"), "/home/x"))
                .isEqualTo(Path.of("/b/sidereal"));
        assertThat(CacheFolder.resolve(Map.of("XDG_CACHE_HOME", "relative"), "/home/x"))
                .isEqualTo(Path.of("/home/x/.cache/sidereal"));
        assertThatThrownBy(() -> CacheFolder.resolve(Map.of(), ""))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no home folder to keep the cache in; set SIDEREAL_CACHE to a folder.");
    }

    @Test
    void hyperThreadsCountOnceAndAContainersShareIsKept(@TempDir Path cpus) throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            Path topology = Files.createDirectories(cpus.resolve("cpu" + cpu + "/topology"));
            Files.writeString(topology.resolve("thread_siblings_list"), cpu % 4 + "," + (cpu % 4 + 4) + "\n");
        }
        assertThat(PhysicalCores.count(cpus, 8)).isEqualTo(4);
        assertThat(PhysicalCores.count(cpus, 2)).isEqualTo(2);
        assertThat(PhysicalCores.count(cpus.resolve("none"), 3)).isEqualTo(3);
    }

    @Test
    void theBenchmarkCountsWhatItRan() {
        var figures = EncodingBenchmark.run("minilm-q", List.of("one two three", "four"), 1);
        assertThat(figures.tokens()).isEqualTo(8);
        assertThat(figures.padding()).isZero();
        // One round: the ratio of the medians is that of the round.
        assertThat(figures.vsOnnxruntime())
                .isCloseTo(figures.oursTextsPerSecond() / figures.onnxruntimeTextsPerSecond(), within(1e-9));
        assertThatThrownBy(() -> EncodingBenchmark.run("minilm-q", List.of(), 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The encoding benchmark needs texts and at least 1 repeat, got 0 texts and 1 repeats.");
    }
}
