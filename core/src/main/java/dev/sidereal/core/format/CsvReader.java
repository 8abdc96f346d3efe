package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * A table of values parted by commas, tabs or semicolons, with a header line. Values may stand in double quotes and then
 * hold delimiters, line ends and doubled quotes (RFC 4180). Blank lines are skipped. Not thread-safe.
 */
public final class CsvReader implements AutoCloseable {
    /** Lets the header line decide: the delimiter that is most frequent in it outside quotes. */
    public static final char SNIFF = '\0';

    private static final char[] DELIMITERS = {',', '\t', ';'};
    private static final ObjectReader ROWS =
            CsvMapper.builder().enable(CsvReadFeature.WRAP_AS_ARRAY).build().readerFor(String[].class);

    private final String name;
    private final MappingIterator<String[]> rows;
    private final List<String> header;
    private long line = 1;

    private CsvReader(String name, MappingIterator<String[]> rows) {
        this.name = name;
        this.rows = rows;
        String[] first = nextCells();
        if (first == null) {
            throw new BadInput(name + " is empty: expected a header line with the names of the columns");
        }
        this.header = header(first);
    }

    /**
     * Opens a table, plain or gzip.
     *
     * @param delimiter the character between values, or {@link #SNIFF}
     * @throws BadInput if it cannot be read, is empty, or its header has a blank or repeated name
     */
    public static CsvReader open(Path file, char delimiter) {
        char used = delimiter == SNIFF ? sniff(file) : delimiter;
        TextSource source = TextSource.open(file);
        try {
            CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(used);
            return new CsvReader(source.name(), ROWS.with(schema).readValues(new TextSourceReader(source)));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static char sniff(Path file) {
        int[] counts = new int[DELIMITERS.length];
        try (TextSource source = TextSource.open(file)) {
            String line = source.next();
            boolean quoted = false;
            for (int i = 0; line != null && i < line.length(); i++) {
                quoted ^= line.charAt(i) == '"';
                for (int d = 0; d < DELIMITERS.length; d++) {
                    counts[d] += !quoted && line.charAt(i) == DELIMITERS[d] ? 1 : 0;
                }
            }
        }
        int best = 0;
        for (int d = 1; d < DELIMITERS.length; d++) {
            best = counts[d] > counts[best] ? d : best;
        }
        return DELIMITERS[best];
    }

    private List<String> header(String[] cells) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : cells) {
            String column = cell.strip();
            if (column.isEmpty()) {
                throw new BadInput(name + ":1: column " + (names.size() + 1) + " has no name; the first line must name"
                        + " every column");
            }
            if (!seen.add(column)) {
                throw new BadInput(name + ":1: two columns are called '" + column + "'; rename one");
            }
            names.add(column);
        }
        return List.copyOf(names);
    }

    /** {@return the names of the columns, in file order} */
    public List<String> header() {
        return header;
    }

    /**
     * {@return the next row, or null after the last}
     *
     * @throws BadInput if quotes do not match, or the row has more or fewer values than the header
     */
    public @Nullable CsvRow next() {
        String[] cells = nextCells();
        if (cells == null) {
            return null;
        }
        if (cells.length != header.size()) {
            throw new BadInput(where() + ": expected " + header.size() + " values as in the header, got " + cells.length
                    + "; a value that holds the delimiter must stand in double quotes");
        }
        return new CsvRow(List.of(cells), where());
    }

    private String @Nullable [] nextCells() {
        try {
            while (true) {
                line = rows.currentLocation().getLineNr();
                if (!rows.hasNextValue()) {
                    return null;
                }
                String[] cells = rows.nextValue();
                boolean blank = cells.length == 0 || (cells.length == 1 && cells[0].isBlank());
                if (!blank) {
                    return cells;
                }
            }
        } catch (JacksonException e) {
            throw new BadInput(
                    where() + ": not a table row: " + e.getOriginalMessage()
                            + "; a value that holds quotes must stand in double quotes, with each quote in it doubled",
                    e);
        }
    }

    private String where() {
        return name + ":" + line;
    }

    @Override
    public void close() {
        rows.close();
    }
}
