package dev.sidereal.train.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTextsTest {
    @TempDir
    private Path folder;

    @Test
    void rowsGiveTitlesWithTextsAndQueriesWithPositives() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), """
                {"title": "Moon", "text": "a rock"}
                {"text": "bare"}
                {"query": "q", "positive": "p", "negatives": ["n"]}
                """);
        assertThat(CalibrationTexts.read(file, 10)).containsExactly("Moon a rock", "bare", "q", "p");
    }

    @Test
    void linesAreDrawnFromTheWholeFileTheSameEachTime() throws IOException {
        String lines = IntStream.range(0, 1_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("a.txt"), lines + "\n\n");
        List<String> drawn = CalibrationTexts.read(file, 100);
        assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
        double mean = drawn.stream()
                .mapToInt(text -> Integer.parseInt(text.substring(5)))
                .average()
                .orElseThrow();
        // Uniform over 0 to 999: deviation of the mean of 100 is 29.
        assertThat(mean).isBetween(499.5 - 116, 499.5 + 116);
        assertThat(CalibrationTexts.read(file, 100)).isEqualTo(drawn);
    }

    @Test
    void filesWithoutTextsAreRefused() throws IOException {
        Path rows = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"x\"}\n{\"id\": \"1\"}\n");
        assertThatThrownBy(() -> CalibrationTexts.read(rows, 10))
                .isInstanceOf(BadInput.class)
                .hasMessage(rows + ":2: the row has no text to calibrate with; expected 'text', or 'query' and"
                        + " 'positive'");
        Path empty = Files.writeString(folder.resolve("a.txt"), "\n");
        assertThatThrownBy(() -> CalibrationTexts.read(empty, 10))
                .isInstanceOf(BadInput.class)
                .hasMessage(empty + " holds no text to calibrate with; give a file with one text a line");
    }
}
