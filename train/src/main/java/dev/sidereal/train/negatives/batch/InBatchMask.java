package dev.sidereal.train.negatives.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which documents of a batch may be negatives of which rows: not the row's positives, by number and by text, whoever brought
 * them. Without it two queries with one positive push it away from each other (DPR's in-batch negatives, arXiv 2004.04906).
 */
public final class InBatchMask {
    private InBatchMask() {}

    /**
     * A row's positives, those that are not in the batch too.
     *
     * @param documents numbers
     * @param textHashes hashes of their texts
     */
    public record Row(Set<Integer> documents, Set<Long> textHashes) {
        public Row {
            documents = Set.copyOf(documents);
            textHashes = Set.copyOf(textHashes);
        }
    }

    /**
     * A document of the batch.
     *
     * @param document its number, -1 for a written text
     * @param textHash hash of its text
     */
    public record Column(int document, long textHash) {}

    /**
     * {@return {@code boolean[rows][columns]}, true where the column may be a negative of the row; of columns with the same
     * text a row may take the first alone}
     */
    public static boolean[][] of(List<Row> rows, List<Column> columns) {
        boolean[][] allowed = new boolean[rows.size()][columns.size()];
        for (int r = 0; r < allowed.length; r++) {
            Row row = rows.get(r);
            Set<Long> seen = new HashSet<>();
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                allowed[r][c] = !row.documents().contains(column.document())
                        && !row.textHashes().contains(column.textHash())
                        && seen.add(column.textHash());
            }
        }
        return allowed;
    }
}
