package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.TabTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables of two texts and how alike they are. */
final class ScoredPairs {
    private ScoredPairs() {}

    static List<Example> read(Path file, Dataset.PairColumns columns) {
        List<Example> examples = new ArrayList<>();
        try (TabTable table = TabTable.open(file)) {
            int query = table.column(columns.query());
            int positive = table.column(columns.positive());
            int score = table.column(columns.score());
            for (List<String> cells = table.next(); cells != null; cells = table.next()) {
                examples.add(new Example(
                        Text.of(cells.get(query)),
                        List.of(Text.of(cells.get(positive))),
                        List.of(),
                        List.of(number(table, cells.get(score))),
                        "",
                        table.where()));
            }
        }
        return examples;
    }

    private static double number(TabTable table, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new BadInput(table.where() + ": the score must be a number, got '" + cell + "'", e);
        }
    }
}
