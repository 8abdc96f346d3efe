package dev.sidereal.train.data;

import java.util.List;

/**
 * Rows of one dataset that are trained together.
 *
 * @param dataset where they come from
 * @param rows at least one
 */
public record Batch(Dataset dataset, List<Row> rows) {
    public Batch {
        rows = List.copyOf(rows);
    }
}
