package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Judgment;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrecFilesTest {
    private static final Qrels QRELS =
            Qrels.of(List.of(new Judgment("q1", "d1", 2), new Judgment("q1", "d2", 0), new Judgment("q2", "d1", 1)));

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void readsQrelsInEveryLayout() throws IOException {
        for (String text : List.of(
                "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td1\t1\n",
                "q1\td1\t2\r\nq1\td2\t0\r\nq2\td1\t1",
                "q1 0 d1 2\nq1 0 d2 0\n\nq2\t0\td1\t1\n",
                "q1\t0\td1\t2\nq1\t0\td2\t0\nq2\t0\td1\t1\n",
                "score\tdocid\tqid\n2\td1\tq1\n0\td2\tq1\n1\td1\tq2\n",
                "what\twhich\thow\nq1\td1\t2\nq1\td1\t2\nq1\td2\t0\nq2\td1\t1\n")) {
            assertThat(TrecQrelsFile.read(file(text))).as(text).isEqualTo(QRELS);
        }
    }

    @Test
    void writesQrelsThatComeBackEqual() {
        for (String name : List.of("a.tsv", "a.tsv.gz")) {
            TrecQrelsFile.write(folder.resolve(name), QRELS);
            assertThat(TrecQrelsFile.read(folder.resolve(name))).isEqualTo(QRELS);
        }
    }

    @Test
    void saysWhatIsWrongWithQrels() throws IOException {
        assertQrels("q1 d1 1\nq1 d2\n", "FILE:2: expected 3 columns as in the first line, got 2: 'q1 d2'");
        assertQrels("q1\td1\t1.0\n", "FILE:1: the grade must be a whole number, got '1.0'");
        assertQrels("q1\td1\t1\nq1\td2\thigh\n", "FILE:2: the grade must be a whole number, got 'high'");
        assertQrels("q1\td1\t1\nq1\t\t1\n", "FILE:2: the item id is blank");
        assertQrels(
                "q1 0 d1 1\nq1 0 d2 1\nq1 0 d1 2\n",
                "FILE:3: query 'q1' and item 'd1' are judged 2 here and 1 at FILE:1; keep one");
        assertQrels(
                "q1\n",
                "FILE:1: a qrels line has 3 columns (query, item, grade) or 4 (query, iteration, item, grade), got 1:"
                        + " 'q1'");
    }

    private void assertQrels(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> TrecQrelsFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void writesRunsInSixColumns() {
        Run run = new Run("bm25", Map.of("q1", List.of(new Scored("d9", 2.5), new Scored("d1", 2.5))));
        TrecRunFile.write(folder.resolve("run"), run);
        assertThat(folder.resolve("run")).hasContent("q1 Q0 d9 1 2.5 bm25\nq1 Q0 d1 2 2.5 bm25\n");
    }

    @Property(tries = 300)
    void anyRunComesBackWithItsScoresAsFloats(@ForAll @Size(max = 30) List<Float> scores, @ForAll boolean zip)
            throws IOException {
        List<Scored> results = new ArrayList<>();
        for (float score : scores) {
            if (Float.isFinite(score) && score > -3e38f) {
                // Ids that rise and that fall, so that both orders of ties are there.
                results.add(new Scored((results.size() % 2 == 0 ? "a" : "z") + results.size(), score * (1 + 1e-12)));
            }
        }
        results.sort((x, y) -> Double.compare(y.score(), x.score()));
        if (results.isEmpty()) {
            return;
        }
        Path file = Files.createTempFile("run", zip ? ".gz" : ".txt");
        try {
            Run run = new Run("s", new LinkedHashMap<>(Map.of("q", results)));
            TrecRunFile.write(file, run);
            Run back = TrecRunFile.read(file);
            assertThat(back.of("q"))
                    .containsExactlyInAnyOrderElementsOf(results.stream()
                            .map(result -> new Scored(result.itemId(), (float) result.score()))
                            .toList())
                    .isSortedAccordingTo(Comparator.comparingDouble(Scored::score)
                            .thenComparing(Scored::itemId)
                            .reversed());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void readsRunsInTheOrderOfTrecEval() throws IOException {
        Run run = TrecRunFile.read(file("q Q0 a 1 1.0 s\nq Q0 c 2 1.00000000001 s\nq Q0 b 3 1 s\nq Q0 d 4 7 s\n"));
        assertThat(run.of("q")).extracting(Scored::itemId).containsExactly("d", "c", "b", "a");
        assertThat(run.name()).isEqualTo("s");
    }

    @Test
    void saysWhatIsWrongWithRuns() throws IOException {
        assertRun(
                "q Q0 d 1 2.5\n",
                "FILE:1: a run line has 6 columns (query Q0 item rank score system), got 5:" + " 'q Q0 d 1 2.5'");
        assertRun("q Q0 d 1 high s\n", "FILE:1: the score must be a number, got 'high'");
        assertRun("q Q0 d 1 NaN s\n", "FILE:1: the score must be finite, got 'NaN'");
        assertRun(
                "q Q0 d 1 2 s\nq Q0 d 2 1 s\n",
                "FILE:2: item 'd' is already a result of query 'q' at line 1; keep one");
        assertRun("\n", "FILE holds no results; expected lines of 6 columns (query Q0 item rank score system)");
        assertThatThrownBy(() -> TrecRunFile.write(
                        folder.resolve("r"), new Run("s", Map.of("q", List.of(new Scored("a b", 1))))))
                .hasMessage("the item id 'a b' is empty or holds white space, which a run file cannot hold; rename it");
        assertThatThrownBy(() -> TrecRunFile.write(
                        folder.resolve("r"), new Run("s", Map.of("q", List.of(new Scored("a", 1e300))))))
                .hasMessage("query 'q', item 'a': the score 1.0E300 is not a finite 32-bit float, as a run file needs");
        assertThat(folder.resolve("r")).doesNotExist();
    }

    private void assertRun(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> TrecRunFile.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }
}
