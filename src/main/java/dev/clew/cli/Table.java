package dev.clew.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligns columns of text. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** @param cells null and empty ones are shown as a dash, except for the last */
    Table row(@Nullable String... cells) {
        List<String> row = new ArrayList<>();
        for (@Nullable String cell : cells) {
            boolean last = row.size() == cells.length - 1;
            row.add(cell != null && (last || !cell.isEmpty()) ? cell : last ? "" : "-");
        }
        rows.add(row);
        return this;
    }

    /** Returns the lines; the last column is not padded. */
    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).codePointCount(0, row.get(i).length());
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : GAP).append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths.get(i) - cell.codePointCount(0, cell.length())));
            }
        }
        return line.toString();
    }
}
