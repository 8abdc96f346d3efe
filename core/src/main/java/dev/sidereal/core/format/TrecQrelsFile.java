package dev.sidereal.core.format;

import dev.sidereal.core.Judgment;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of judgments: TREC's four columns (query, iteration, item, grade) or BEIR's three (query, item, grade), parted
 * by tabs or other white space, with or without a header line. The columns of a header are found by name, in any order.
 */
public final class TrecQrelsFile {
    private TrecQrelsFile() {}

    /**
     * Reads a file, plain or gzip. A pair that is repeated with the same grade counts once.
     *
     * @throws BadInput if a line is no judgment or contradicts an earlier one; the message has file and line
     */
    public static Qrels read(Path file) {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        Map<String, Map<String, String>> places = new HashMap<>();
        try (TextSource source = TextSource.open(file)) {
            QrelsColumns columns = null;
            for (String line = source.next(); line != null; line = source.next()) {
                if (line.isBlank()) {
                    continue;
                }
                if (columns == null) {
                    columns = QrelsColumns.of(line, source.where());
                    if (columns.header()) {
                        continue;
                    }
                }
                add(columns.judgment(line, source.where()), source.where(), grades, places);
            }
        }
        return new Qrels(grades);
    }

    private static void add(
            Judgment j,
            String where,
            Map<String, Map<String, Integer>> grades,
            Map<String, Map<String, String>> places) {
        Map<String, Integer> byItem = grades.computeIfAbsent(j.queryId(), q -> new LinkedHashMap<>());
        Map<String, String> byPlace = places.computeIfAbsent(j.queryId(), q -> new HashMap<>());
        @Nullable Integer earlier = byItem.putIfAbsent(j.itemId(), j.grade());
        if (earlier == null) {
            byPlace.put(j.itemId(), where);
        } else if (earlier != j.grade()) {
            throw new BadInput(where + ": query '" + j.queryId() + "' and item '" + j.itemId() + "' are judged "
                    + j.grade() + " here and " + earlier + " at " + byPlace.get(j.itemId()) + "; keep one");
        }
    }

    /**
     * Writes BEIR's three columns with header, parted by tabs; a name that ends in {@code .gz} is compressed.
     *
     * @throws BadInput if an id holds a tab or a line end
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static void write(Path file, Qrels qrels) {
        StringBuilder text = new StringBuilder("query-id\tcorpus-id\tscore\n");
        qrels.grades()
                .forEach((query, byItem) -> byItem.forEach((item, grade) -> text.append(column(query))
                        .append('\t')
                        .append(column(item))
                        .append('\t')
                        .append(grade)
                        .append('\n')));
        AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String column(String id) {
        if (id.indexOf('\t') >= 0 || id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
            throw new BadInput(
                    "the id '" + id + "' holds a tab or line end, which a qrels file cannot hold; rename it");
        }
        return id;
    }
}
