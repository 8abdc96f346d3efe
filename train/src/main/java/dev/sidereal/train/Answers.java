package dev.sidereal.train;

import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.NormalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which texts of a batch answer which of its queries, by id and by text whatever its case and white space. Queries of the
 * same id or text have their answers in common.
 */
public final class Answers {
    /** Stands where a row has no text; it is nobody's negative. */
    public static final Text NOTHING = new Text("", "");

    private final int rows;
    private final Map<Object, Set<Integer>> queries = new HashMap<>();

    /** Reads the rows of a batch. */
    public Answers(List<Row> rows) {
        this.rows = rows.size();
        Map<Object, List<Integer>> asking = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            for (Object key : keys(rows.get(row).example().query())) {
                asking.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
            }
        }
        for (Row row : rows) {
            Set<Integer> same = new HashSet<>();
            keys(row.example().query()).forEach(key -> same.addAll(asking.get(key)));
            List<Text> answers = new ArrayList<>(row.example().positives());
            answers.add(row.positive());
            for (Text answer : answers) {
                keys(answer)
                        .forEach(key -> queries.computeIfAbsent(key, _ -> new HashSet<>())
                                .addAll(same));
            }
        }
    }

    private static List<Object> keys(Text text) {
        return List.of(text.id(), NormalText.hash(text.text()));
    }

    /** {@return {@code [rows][texts]} row by row, 1 where the text answers the row's query or is {@link #NOTHING}} */
    public byte[] of(List<Text> texts) {
        byte[] cells = new byte[rows * texts.size()];
        for (int column = 0; column < texts.size(); column++) {
            Text text = texts.get(column);
            for (Object key : keys(text)) {
                for (int row : queries.getOrDefault(key, Set.of())) {
                    cells[row * texts.size() + column] = 1;
                }
            }
            if (text.equals(NOTHING)) {
                for (int row = 0; row < rows; row++) {
                    cells[row * texts.size() + column] = 1;
                }
            }
        }
        return cells;
    }
}
