package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with a header, parted by tabs, in which quotes are letters like others, as published sets of sentences have it;
 * plain or gzip. Blank lines are passed over. Not thread-safe.
 */
public final class TabTable implements AutoCloseable {
    private final Path file;
    private final TextSource source;
    private final List<String> header;

    private TabTable(Path file, TextSource source) {
        this.file = file;
        this.source = source;
        String line = source.next();
        if (line == null) {
            throw new BadInput(file + " is empty: expected a header line with the names of the columns");
        }
        header = cells(line);
    }

    /**
     * Opens a table.
     *
     * @throws BadInput if it cannot be read or is empty
     */
    public static TabTable open(Path file) {
        TextSource source = TextSource.open(file);
        try {
            return new TabTable(file, source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** {@return whether there is a column of that name} */
    public boolean has(String column) {
        return header.contains(column);
    }

    /**
     * {@return the place of a column in each row}
     *
     * @throws BadInput if there is none
     */
    public int column(String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new BadInput(file + " has no column '" + name + "'; columns are " + String.join(", ", header));
        }
        return column;
    }

    /**
     * {@return the cells of the next row, null at the end}
     *
     * @throws BadInput if there are not as many as the header has
     */
    public @Nullable List<String> next() {
        String line = source.next();
        while (line != null && line.isBlank()) {
            line = source.next();
        }
        if (line == null) {
            return null;
        }
        List<String> cells = cells(line);
        if (cells.size() != header.size()) {
            throw new BadInput(source.where() + ": the line has " + cells.size()
                    + " columns parted by tabs, the header " + header.size());
        }
        return cells;
    }

    /** {@return {@code file:line} of the last row} */
    public String where() {
        return source.where();
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    @Override
    public void close() {
        source.close();
    }
}
