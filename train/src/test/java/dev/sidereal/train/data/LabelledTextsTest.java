package dev.sidereal.train.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextsTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("labels.jsonl"), String.join("\n", lines) + "\n");
    }

    private static String line(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}";
    }

    @Test
    void clustersHaveTheirOwnAsPositivesAndOthersAsNegatives() throws IOException {
        String[] lines = IntStream.range(0, 120)
                .mapToObj(i -> line("text " + i, "label " + i % 4))
                .toArray(String[]::new);
        Dataset data = Dataset.clustering(file(lines));
        assertThat(data.inBatch()).isFalse();
        assertThat(data.examples()).hasSize(120);
        Set<String> negatives = new HashSet<>();
        for (Example example : data.examples()) {
            int label = label(example.query());
            assertThat(example.positives()).hasSize(8).doesNotHaveDuplicates().doesNotContain(example.query());
            assertThat(example.positives()).allMatch(text -> label(text) == label);
            assertThat(example.negatives()).hasSize(24).doesNotHaveDuplicates();
            assertThat(example.negatives()).allMatch(text -> label(text) != label);
            example.negatives().forEach(text -> negatives.add(text.text()));
        }
        assertThat(negatives).hasSize(120);
        assertThat(Dataset.clustering(folder.resolve("labels.jsonl"))).isEqualTo(data);
    }

    private static int label(Text text) {
        return Integer.parseInt(text.text().substring(5)) % 4;
    }

    @Test
    void smallClustersGiveAllTheyHave() throws IOException {
        Dataset data = Dataset.clustering(file(line("a", "x"), line("b", "x"), line("c", "y"), line("d", "y")));
        Map<String, Example> examples =
                data.examples().stream().collect(Collectors.toMap(e -> e.query().text(), e -> e));
        Example a = requireNonNull(examples.get("a"));
        assertThat(a.positives()).containsExactly(Text.of("b"));
        assertThat(a.negatives()).containsExactlyInAnyOrder(Text.of("c"), Text.of("d"));
        assertThat(requireNonNull(examples.get("d")).positives()).containsExactly(Text.of("c"));
    }

    @Test
    void ofTwoLabelsATextHasItsOwnAndTheOther() throws IOException {
        Dataset data = Dataset.twoWay(file(line("fine", "good"), line("awful", "bad"), line("nice", "good")));
        assertThat(data.inBatch()).isFalse();
        assertThat(data.examples()).hasSize(3);
        Example awful = data.examples().get(2);
        assertThat(awful.query().text()).isEqualTo("awful");
        assertThat(awful.positives()).containsExactly(Text.of("bad"));
        assertThat(awful.negatives()).containsExactly(Text.of("good"));
    }

    @Test
    void whatMakesNoClustersIsRefused() throws IOException {
        Path twice = file(line("a", "x"), line("a", "y"));
        assertThatThrownBy(() -> Dataset.twoWay(twice))
                .isInstanceOf(BadInput.class)
                .hasMessage(twice + ":2: the text 'a' has the label 'y', at " + twice + ":1 it has 'x'; keep one");
        Path alone = file(line("a", "x"), line("b", "x"), line("c", "y"));
        assertThatThrownBy(() -> Dataset.clustering(alone))
                .isInstanceOf(BadInput.class)
                .hasMessage(alone + ":3: no other text has the label 'y'; give it one or leave the line out");
        Path one = file(line("a", "x"), line("b", "x"));
        assertThatThrownBy(() -> Dataset.clustering(one))
                .isInstanceOf(BadInput.class)
                .hasMessage(one + " has 1 labels; clusters need at least two");
        assertThatThrownBy(() -> Dataset.twoWay(one))
                .isInstanceOf(BadInput.class)
                .hasMessage(one + " has 1 labels; two-way classification needs just two, read more as clustering");
    }
}
