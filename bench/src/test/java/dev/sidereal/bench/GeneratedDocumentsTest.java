package dev.sidereal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratedDocumentsTest {
    @Test
    void documentsAreEqualInEveryRunAndHaveSixtyWords() {
        List<String> documents = GeneratedDocuments.stream(50).toList();

        assertThat(GeneratedDocuments.stream(50)).containsExactlyElementsOf(documents);
        assertThat(documents).doesNotHaveDuplicates().allMatch(text -> text.split(" ").length == 60);
    }

    @Test
    void theTenthWordIsAboutATenthAsFrequentAsTheFirst() {
        Map<String, Long> counts = GeneratedDocuments.stream(20_000)
                .flatMap(text -> Arrays.stream(text.split("[ .]")))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<Long> frequencies =
                counts.values().stream().sorted(Comparator.reverseOrder()).toList();

        // Ranks are whole numbers, so the share of rank r is ln((r + 1) / r): .693 for the first, .095 for the tenth.
        assertThat((double) frequencies.get(0) / frequencies.get(9)).isBetween(6.9, 7.7);
        assertThat(counts).hasSizeGreaterThan(50_000);
    }
}
