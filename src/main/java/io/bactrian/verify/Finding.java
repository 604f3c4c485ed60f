package io.bactrian.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison of one chunk, or of a whole table, came to. Counts are exact; rows are named up
 * to a limit.
 *
 * @param missing rows the source has and the target lacks
 * @param extra rows the target has and the source lacks
 * @param different rows that both have under one key, with other values
 */
public record Finding(
        long sourceRows,
        long targetRows,
        long missing,
        long extra,
        long different,
        List<Row> rows) {
    /** Nothing compared, nothing found. */
    public static final Finding NONE = new Finding(0, 0, 0, 0, 0, List.of());

    /** In what way a row is not the same. */
    public enum Kind {
        MISSING,
        EXTRA,
        DIFFERENT
    }

    /**
     * One row that is not the same.
     *
     * @param key its key's values; its digest for a row of a table without key
     * @param columns the columns that differ, where they were asked for
     */
    public record Row(Kind kind, List<String> key, List<String> columns) {}

    public Finding {
        rows = List.copyOf(rows);
    }

    public boolean equal() {
        return differences() == 0;
    }

    /** Rows that are missing, extra or different. */
    public long differences() {
        return missing + extra + different;
    }

    /** Both together, with no more than {@code limit} rows named. */
    public Finding plus(Finding other, int limit) {
        List<Row> named = new ArrayList<>(rows);
        for (Row row : other.rows) {
            if (named.size() < limit) {
                named.add(row);
            }
        }
        return new Finding(
                sourceRows + other.sourceRows,
                targetRows + other.targetRows,
                missing + other.missing,
                extra + other.extra,
                different + other.different,
                named);
    }
}
