package io.bactrian.sync;

import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.LogStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows that one side could not carry over to the other: its log has the reason. */
public final class Refused {
    /**
     * One of them.
     *
     * @param side whose log it is in
     * @param since when it was changed there
     */
    public record Row(
            String side,
            String table,
            String recordId,
            String operation,
            String since,
            String reason) {}

    private final Sides sides;

    public Refused(Sides sides) {
        this.sides = sides;
    }

    /** Rows of both sides, oldest first; none of a side that is not set up. */
    public List<Row> list(int limit) {
        List<Row> rows = new ArrayList<>();
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            database.with(
                            database.name(),
                            c ->
                                    ControlTables.exist(c)
                                            ? LogStatus.refused(c, limit)
                                            : List.<LogStatus.RefusedChange>of())
                    .forEach(
                            r ->
                                    rows.add(
                                            new Row(
                                                    side.name().toLowerCase(Locale.ROOT),
                                                    r.table(),
                                                    r.recordId(),
                                                    r.operation(),
                                                    r.changedAt(),
                                                    r.error())));
        }
        return rows;
    }

    /** Puts them back into the queue. Returns how many changes of both sides there were. */
    public long retry() {
        long all = 0;
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            all +=
                    database.with(
                            database.name(), c -> ControlTables.exist(c) ? LogStatus.retry(c) : 0L);
        }
        return all;
    }
}
