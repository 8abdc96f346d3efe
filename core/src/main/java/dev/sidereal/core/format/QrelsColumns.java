package dev.sidereal.core.format;

import dev.sidereal.core.Judgment;
import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which columns of a qrels file hold what.
 *
 * @param tabs whether columns are parted by single tabs, else by any white space
 * @param width how many columns a line has
 * @param query index of the query's column
 * @param item index of the item's column
 * @param grade index of the grade's column
 * @param header whether the first line names the columns
 */
record QrelsColumns(boolean tabs, int width, int query, int item, int grade, boolean header) {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");
    private static final List<String> QUERY = List.of("query-id", "query_id", "queryid", "qid", "query", "topic");
    private static final List<String> ITEM =
            List.of("corpus-id", "corpus_id", "docid", "doc-id", "doc_id", "docno", "item-id", "item_id", "item");
    private static final List<String> GRADE =
            List.of("score", "relevance", "rel", "grade", "label", "judgment", "judgement");

    /** Reads the layout off the first line. */
    static QrelsColumns of(String line, String where) {
        boolean tabs = line.indexOf('\t') >= 0;
        String[] cells = split(line, tabs);
        if (cells.length != 3 && cells.length != 4) {
            throw new BadInput(where + ": a qrels line has 3 columns (query, item, grade) or 4 (query, iteration, item,"
                    + " grade), got " + cells.length + ": '" + line + "'");
        }
        List<String> names =
                Arrays.stream(cells).map(c -> c.toLowerCase(Locale.ROOT)).toList();
        int query = find(names, QUERY);
        int item = find(names, ITEM);
        int grade = find(names, GRADE);
        if (query >= 0 && item >= 0 && grade >= 0) {
            return new QrelsColumns(tabs, cells.length, query, item, grade, true);
        }
        boolean header = !INTEGER.matcher(cells[cells.length - 1]).matches();
        if (header && names.stream().anyMatch(n -> n.matches(".*\\d.*"))) {
            throw new BadInput(where + ": the grade must be a whole number, got '" + cells[cells.length - 1] + "'");
        }
        return new QrelsColumns(tabs, cells.length, 0, cells.length - 2, cells.length - 1, header);
    }

    private static int find(List<String> names, List<String> known) {
        return known.stream()
                .mapToInt(names::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
    }

    Judgment judgment(String line, String where) {
        String[] cells = split(line, tabs);
        if (cells.length != width) {
            throw new BadInput(where + ": expected " + width + " columns as in the first line, got " + cells.length
                    + ": '" + line + "'");
        }
        if (!INTEGER.matcher(cells[grade]).matches()) {
            throw new BadInput(where + ": the grade must be a whole number, got '" + cells[grade] + "'");
        }
        if (cells[query].isBlank() || cells[item].isBlank()) {
            throw new BadInput(where + ": the " + (cells[query].isBlank() ? "query" : "item") + " id is blank");
        }
        return new Judgment(cells[query], cells[item], Integer.parseInt(cells[grade]));
    }

    private static String[] split(String line, boolean tabs) {
        if (!tabs) {
            return line.strip().split("\\s+");
        }
        return Arrays.stream(line.split("\t", -1)).map(String::strip).toArray(String[]::new);
    }
}
