package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.TextSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of two texts and how alike they are, parted by tabs; quotes are letters like others, as in published sets. */
final class ScoredPairs {
    private ScoredPairs() {}

    static List<Example> read(Path file, Dataset.PairColumns columns) {
        List<Example> examples = new ArrayList<>();
        try (TextSource source = TextSource.open(file)) {
            String line = source.next();
            if (line == null) {
                throw new BadInput(file + " is empty: expected a header line with the names of the columns");
            }
            List<String> header = cells(line);
            int query = column(file, header, columns.query());
            int positive = column(file, header, columns.positive());
            int score = column(file, header, columns.score());
            for (line = next(source); line != null; line = next(source)) {
                List<String> cells = cells(line);
                if (cells.size() != header.size()) {
                    throw new BadInput(source.where() + ": the line has " + cells.size()
                            + " columns parted by tabs, the header " + header.size());
                }
                examples.add(new Example(
                        Text.of(cells.get(query)),
                        List.of(Text.of(cells.get(positive))),
                        List.of(),
                        List.of(number(source, cells.get(score))),
                        "",
                        source.where()));
            }
        }
        return examples;
    }

    private static @Nullable String next(TextSource source) {
        String line = source.next();
        while (line != null && line.isBlank()) {
            line = source.next();
        }
        return line;
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    private static int column(Path file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new BadInput(file + " has no column '" + name + "'; columns are " + String.join(", ", header)
                    + "; map the roles to them");
        }
        return column;
    }

    private static double number(TextSource source, String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new BadInput(source.where() + ": the score must be a number, got '" + cell + "'", e);
        }
    }
}
