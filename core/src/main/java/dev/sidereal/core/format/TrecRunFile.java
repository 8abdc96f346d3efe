package dev.sidereal.core.format;

import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs in the six columns of trec_eval: query, {@code Q0}, item, rank, score, system.
 *
 * <p>trec_eval reads scores (version 9 as 32-bit floats, version 10 as 64-bit), sorts by them and breaks ties by item id
 * descending; it ignores the rank. Scores are written as 32-bit floats, so that both versions see the same ties, and ties
 * stay ties. A run is read in trec_eval's order. A query without results has no line, so it is not in the run that is
 * read back.
 */
public final class TrecRunFile {
    private static final Pattern WHITE = Pattern.compile("\\s");
    private static final Pattern COLUMNS = Pattern.compile("\\s+");
    private static final Comparator<Scored> TREC_EVAL_ORDER = Comparator.<Scored>comparingDouble(
                    s -> 0.0 - (float) s.score())
            .thenComparing(s -> s.itemId().getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(b, a));

    private TrecRunFile() {}

    /**
     * Reads a file, plain or gzip.
     *
     * @throws BadInput if a line is no result or repeats one; the message has file and line
     */
    public static Run read(Path file) {
        Map<String, List<Scored>> results = new LinkedHashMap<>();
        Map<String, Map<String, Long>> lines = new HashMap<>();
        String system = "";
        try (TextSource source = TextSource.open(file)) {
            for (String line = source.next(); line != null; line = source.next()) {
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = COLUMNS.split(line.strip());
                if (cells.length != 6) {
                    throw new BadInput(source.where() + ": a run line has 6 columns (query Q0 item rank score system),"
                            + " got " + cells.length + ": '" + line + "'");
                }
                Long earlier =
                        lines.computeIfAbsent(cells[0], q -> new HashMap<>()).putIfAbsent(cells[2], source.number());
                if (earlier != null) {
                    throw new BadInput(source.where() + ": item '" + cells[2] + "' is already a result of query '"
                            + cells[0] + "' at line " + earlier + "; keep one");
                }
                results.computeIfAbsent(cells[0], q -> new ArrayList<>())
                        .add(new Scored(cells[2], score(cells[4], source.where())));
                system = cells[5];
            }
        }
        if (results.isEmpty()) {
            throw new BadInput(
                    file + " holds no results; expected lines of 6 columns (query Q0 item rank score system)");
        }
        results.values().forEach(list -> list.sort(TREC_EVAL_ORDER));
        return new Run(system, results);
    }

    private static double score(String text, String where) {
        try {
            double score = Double.parseDouble(text);
            if (Double.isFinite(score)) {
                return score;
            }
        } catch (NumberFormatException e) {
            throw new BadInput(where + ": the score must be a number, got '" + text + "'", e);
        }
        throw new BadInput(where + ": the score must be finite, got '" + text + "'");
    }

    /**
     * Writes a run; a name that ends in {@code .gz} is compressed.
     *
     * @throws BadInput if an id or the system's name is empty or holds white space, or a score is not a finite float
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static void write(Path file, Run run) {
        String system = column("the system's name", run.name());
        AtomicFile.write(file, stream -> {
            Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            run.results().forEach((query, list) -> writeQuery(out, column("the query id", query), list, system));
            out.flush();
        });
    }

    private static void writeQuery(Writer out, String query, List<Scored> list, String system) {
        int rank = 0;
        for (Scored result : list) {
            float score = (float) result.score();
            if (!Float.isFinite(score)) {
                throw new BadInput("query '" + query + "', item '" + result.itemId() + "': the score " + result.score()
                        + " is not a finite 32-bit float, as a run file needs");
            }
            rank++;
            try {
                // As a double, so that a reader that rounds twice (text to double to float) gets exactly this float.
                out.append(query)
                        .append(" Q0 ")
                        .append(column("the item id", result.itemId()))
                        .append(' ')
                        .append(Integer.toString(rank))
                        .append(' ')
                        .append(Double.toString(score))
                        .append(' ')
                        .append(system)
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String column(String what, String text) {
        if (text.isEmpty() || WHITE.matcher(text).find()) {
            throw new BadInput(what + " '" + text + "' is empty or holds white space, which a run file cannot hold;"
                    + " rename it");
        }
        return text;
    }
}
