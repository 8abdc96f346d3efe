package dev.sidereal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {
    @Test
    void surviveWritingAndReading(@TempDir Path folder) throws IOException {
        Circumstances circumstances = Circumstances.of(Map.of("data", "ab12", "model", "bge \"small\""))
                .with("k", "10");
        Path run = folder.resolve("bm25.run");
        Files.writeString(Circumstances.beside(run), circumstances.toJson());
        assertThat(Circumstances.beside(run)).hasFileName("bm25.run.circumstances.json");
        assertThat(Circumstances.readBeside(run)).isEqualTo(circumstances);
    }

    @Test
    void areUnknownWithoutAFile(@TempDir Path folder) {
        assertThat(Circumstances.readBeside(folder.resolve("other.run"))).isEqualTo(Circumstances.unknown());
    }

    @Test
    void nestedObjectsAreReadWithDottedNames() {
        Circumstances read = Circumstances.parse(
                "{\"model\":{\"name\":\"bge\",\"dims\":384},\"seed\":7,\"legs\":[\"bm25\"],\"x\":null}", "test");
        assertThat(read.values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "model.name", "bge", "model.dims", "384", "seed", "7", "legs", "[\"bm25\"]", "x", "null"));
    }

    @Test
    void saysWhereJsonIsWrong() {
        assertThatThrownBy(() -> Circumstances.parse("[1]", "a.run.circumstances.json"))
                .isInstanceOf(BadInput.class)
                .hasMessage("a.run.circumstances.json must hold a JSON object of circumstances, got array");
        assertThatThrownBy(() -> Circumstances.parse("{\"a\":", "a.run.circumstances.json"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("a.run.circumstances.json is not JSON: ");
    }

    @Test
    void theHashOfJudgmentsKnowsContentNotOrder() {
        Map<String, Integer> forth = new LinkedHashMap<>();
        forth.put("a", 1);
        forth.put("b", 0);
        Map<String, Integer> back = new LinkedHashMap<>();
        back.put("b", 0);
        back.put("a", 1);
        String hash = Circumstances.hash(new Qrels(Map.of("q", forth)));
        // printf 'q\ta\t1\nq\tb\t0\n' | sha256sum | cut -c1-16
        assertThat(hash).isEqualTo("bcd60eca74811d14");
        assertThat(Circumstances.hash(new Qrels(Map.of("q", back)))).isEqualTo(hash);
        assertThat(Circumstances.hash(new Qrels(Map.of("q", Map.of("a", 1, "b", 1)))))
                .isNotEqualTo(hash);
    }
}
