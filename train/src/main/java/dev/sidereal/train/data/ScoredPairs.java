package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.CsvReader;
import dev.sidereal.core.format.CsvRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables of two texts and how alike they are. */
final class ScoredPairs {
    private ScoredPairs() {}

    static List<Example> read(Path file, Dataset.PairColumns columns) {
        List<Example> examples = new ArrayList<>();
        try (CsvReader reader = CsvReader.open(file, CsvReader.SNIFF)) {
            int query = column(file, reader, columns.query());
            int positive = column(file, reader, columns.positive());
            int score = column(file, reader, columns.score());
            for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                examples.add(new Example(
                        Text.of(row.cells().get(query)),
                        List.of(Text.of(row.cells().get(positive))),
                        List.of(),
                        List.of(number(row, row.cells().get(score))),
                        "",
                        row.where()));
            }
        }
        return examples;
    }

    private static int column(Path file, CsvReader reader, String name) {
        int column = reader.header().indexOf(name);
        if (column < 0) {
            throw new BadInput(file + " has no column '" + name + "'; columns are " + String.join(", ", reader.header())
                    + "; map the roles to them");
        }
        return column;
    }

    private static double number(CsvRow row, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            BadInput error = row.error("the score must be a number, got '" + cell + "'");
            error.initCause(e);
            throw error;
        }
    }
}
