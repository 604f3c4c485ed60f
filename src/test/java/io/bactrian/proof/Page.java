package io.bactrian.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table of {@code docs/proof.md}. A part that held adds its row, in place of the one it added
 * last time; only the long form writes.
 */
public final class Page {
    private static final Path FILE = Path.of("docs/proof.md");

    private final String table;

    /**
     * @param table behind whose mark {@code <!-- table -->} its header stands
     */
    public Page(String table) {
        this.table = table;
    }

    /**
     * @param cells the first names the row; day and seed are added at the end
     */
    public void row(Object... cells) {
        List<String> all = Arrays.stream(cells).map(Page::shown).collect(Collectors.toList());
        System.out.println("proof: " + table + ": " + String.join(" · ", all));
        if (Proof.LONG) {
            all.add(LocalDate.now().toString());
            all.add(Long.toString(Proof.SEED));
            try {
                Files.write(FILE, with(Files.readAllLines(FILE), all));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String shown(Object cell) {
        return cell instanceof Double number
                ? String.format(Locale.ROOT, "%.1f", number)
                : cell instanceof Number whole
                        ? String.format(Locale.ROOT, "%,d", whole.longValue())
                        : cell.toString();
    }

    private List<String> with(List<String> before, List<String> cells) {
        String line = "| " + String.join(" | ", cells) + " |";
        String begin = "| " + cells.get(0) + " |";
        List<String> lines = new ArrayList<>(before);
        int at = lines.indexOf("<!-- " + table + " -->");
        if (at < 0) {
            throw new AssertionError(FILE + " has no place for " + table);
        }
        // behind the mark come the header and the line below it
        for (at += 3; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            if (lines.get(at).startsWith(begin)) {
                lines.set(at, line);
                return lines;
            }
        }
        lines.add(at, line);
        return lines;
    }
}
