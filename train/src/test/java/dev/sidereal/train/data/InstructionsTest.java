package dev.sidereal.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstructionsTest {
    private static final int ROWS = 2_000;

    private static Dataset data(double documents) {
        List<Example> examples = IntStream.range(0, ROWS)
                .mapToObj(i ->
                        new Example(Text.of("q" + i), List.of(Text.of("p" + i)), List.of(), List.of(), "", "test:" + i))
                .toList();
        return new Dataset("s", true, examples).withInstruction("Find it", documents);
    }

    /** Whether the documents of each row are instructed in an epoch. */
    private static Map<String, Boolean> drawn(double documents, long seed, int epoch) {
        Map<String, Boolean> drawn = new TreeMap<>();
        new Schedule(List.of(data(documents)), new Schedule.Settings(16, 0, 4, seed))
                .epoch(epoch)
                .forEach(batch -> batch.rows()
                        .forEach(row -> drawn.put(row.example().query().text(), row.instructed())));
        return drawn;
    }

    @Test
    void documentsAreInstructedAsOftenAsAskedFor() {
        for (double share : new double[] {0, .3, 1}) {
            long count = drawn(share, 7, 0).values().stream().filter(b -> b).count();
            // Four standard deviations.
            double width = 4 * Math.sqrt(share * (1 - share) / ROWS);
            assertThat((double) count / ROWS).isCloseTo(share, within(width + 1e-9));
        }
    }

    @Test
    void theDrawHangsOnSeedEpochAndRowAlone() {
        Map<String, Boolean> drawn = drawn(.3, 7, 2);
        assertThat(drawn(.3, 7, 2)).isEqualTo(drawn);
        assertThat(agreement(drawn, drawn(.3, 7, 3))).isCloseTo(.58, within(.05));
        assertThat(agreement(drawn, drawn(.3, 8, 2))).isCloseTo(.58, within(.05));
        // Neither how rows are batched nor what else is trained changes it.
        Map<String, Boolean> mixed = new TreeMap<>();
        Dataset other = new Dataset("other", true, data(0).examples());
        new Schedule(List.of(other, data(.3)), new Schedule.Settings(32, 0, 1, 7))
                .epoch(2)
                .forEach(batch -> batch.rows().forEach(row -> {
                    if (batch.dataset().instructDocuments() > 0) {
                        mixed.put(row.example().query().text(), row.instructed());
                    }
                }));
        assertThat(mixed).isEqualTo(drawn);
    }

    /** Two independent draws of .3 agree in .3 * .3 + .7 * .7 of rows. */
    private static double agreement(Map<String, Boolean> a, Map<String, Boolean> b) {
        return a.keySet().stream()
                        .filter(key -> Objects.equals(a.get(key), b.get(key)))
                        .count()
                / (double) a.size();
    }

    @Test
    void anInstructionStandsBeforeTheTextAsF2llmWritesIt() {
        Example example = data(0).examples().getFirst();
        assertThat(example.instructed("x")).isEqualTo("Instruct: Find it\nQuery: x");
        assertThat(example.withInstruction("Other").instructed("x")).isEqualTo("Instruct: Find it\nQuery: x");
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        assertThatThrownBy(() -> data(1.5))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The share of documents of s with an instruction must be from 0 to 1, got 1.5.");
    }
}
