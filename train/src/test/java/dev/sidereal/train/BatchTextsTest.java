package dev.sidereal.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTextsTest {
    private static Row row(String instruction, boolean documents) {
        Example example = new Example(
                Text.of("q"), List.of(Text.of("p")), List.of(Text.of("n")), List.of(), instruction, "test:1");
        return new Row(example, Text.of("p"), List.of(Text.of("n")), List.of(), documents);
    }

    @Test
    void instructionsStandBeforeQueriesAndWhereDrawnBeforeAllElse() {
        List<Row> rows = List.of(row("Find it", false), row("Find it", true), row("", true));
        Dataset data = new Dataset("d", true, rows.stream().map(Row::example).toList());
        List<BatchTexts.Part> parts = new BatchTexts(new Batch(data, rows), 10).parts();
        assertThat(parts.get(0).texts())
                .containsExactly("Instruct: Find it\nQuery: q", "Instruct: Find it\nQuery: q", "q");
        assertThat(parts.get(1).texts()).containsExactly("p", "Instruct: Find it\nQuery: p", "p");
        assertThat(parts.get(2).texts()).containsExactly("n", "Instruct: Find it\nQuery: n", "n");
    }
}
