package dev.sidereal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows in aligned columns: numbers to the right, text to the left, and the widest text column cut where the screen is
 * too narrow. Numbers with a fraction are shown with four decimals. Not thread-safe.
 */
final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST_TEXT = 12;

    private final List<String> columns;
    private final boolean[] numeric;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
        this.numeric = new boolean[columns.length];
    }

    /**
     * Adds a row.
     *
     * @param cells one a column: numbers, or anything whose {@code toString} is its text
     * @return this table
     */
    Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in " + columns.size() + " columns");
        }
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            numeric[i] |= cells[i] instanceof Number;
            row[i] = text(cells[i]);
        }
        rows.add(row);
        return this;
    }

    /** {@return the lines of the table, none wider than {@code width} if cutting one column can achieve that} */
    String render(int width) {
        int[] widths = widths(width);
        StringBuilder text = new StringBuilder();
        line(text, columns.toArray(new String[0]), widths);
        for (String[] row : rows) {
            line(text.append('\n'), row, widths);
        }
        return text.toString();
    }

    private int[] widths(int width) {
        int[] widths = new int[columns.size()];
        int widestText = -1;
        int sum = GAP.length() * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).length();
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
            sum += widths[i];
            if (!numeric[i] && (widestText < 0 || widths[i] > widths[widestText])) {
                widestText = i;
            }
        }
        if (sum > width && widestText >= 0) {
            int floor = Math.min(widths[widestText], NARROWEST_TEXT);
            widths[widestText] = Math.max(floor, widths[widestText] - (sum - width));
        }
        return widths;
    }

    private void line(StringBuilder text, String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i].length() <= widths[i] ? cells[i] : cells[i].substring(0, widths[i] - 3) + "...";
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP).append(numeric[i] ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing());
    }

    private static String text(Object cell) {
        return switch (cell) {
            case Double d -> String.format(Locale.ROOT, "%.4f", d);
            case Float f -> String.format(Locale.ROOT, "%.4f", f);
            default -> cell.toString();
        };
    }
}
