package io.bactrian.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell; columns of numbers stand to the right. */
final class TextTable {
    /** Digits, maybe an estimate, maybe with a unit. */
    private static final String NUMBER = "(~?-?\\d[\\d.,]*( \\S{1,3})?)?";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row; null is an empty cell. */
    TextTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + header);
        }
        rows.add(IntStream.range(0, cells.length).mapToObj(i -> text(cells[i])).toList());
        return this;
    }

    /** Line breaks and other control characters would tear the table. */
    private static String text(Object cell) {
        return cell == null ? "" : cell.toString().replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public String toString() {
        List<Column> columns = IntStream.range(0, header.size()).mapToObj(this::column).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, columns));
        rows.forEach(row -> lines.add(line(row, columns)));
        return String.join("\n", lines);
    }

    private record Column(int width, boolean numeric) {}

    private Column column(int index) {
        List<String> cells = rows.stream().map(row -> row.get(index)).toList();
        int width = cells.stream().mapToInt(TextTable::length).max().orElse(0);
        boolean numeric = !cells.isEmpty() && cells.stream().allMatch(c -> c.matches(NUMBER));
        return new Column(Math.max(width, length(header.get(index))), numeric);
    }

    private static String line(List<String> cells, List<Column> columns) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> pad(cells.get(i), columns.get(i).width(), columns.get(i).numeric()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(width - length(text));
        return right ? space + text : text + space;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
