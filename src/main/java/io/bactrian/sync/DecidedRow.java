package io.bactrian.sync;

import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.sql.StrictMode;
import io.bactrian.sql.SyncRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes the row that a person decided about, and says why where the table does not take it. */
final class DecidedRow {
    private final Kinship kinship;
    private final SyncRows rows;
    private final String record;

    DecidedRow(Kinship kinship, SyncRows rows, String record) {
        this.kinship = kinship;
        this.rows = rows;
        this.record = record;
    }

    /** Has a row have these values. */
    void put(Crossing at, KeyState key, Map<Column, String> values) throws SQLException {
        // sync's sessions take what other servers took; a person's value must fit
        try (StrictMode strict = StrictMode.of(at.here())) {
            if (key.here() != null) {
                rows.set(at.here(), key.here(), values);
            } else {
                rows.insert(at.here(), values);
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** Has this side get the other's row. */
    void take(Crossing at, KeyState key) throws SQLException {
        try {
            if (key.there() == null) {
                delete(at, rows, key.here());
            } else if (key.here() == null) {
                rows.insert(at.there(), at.here(), List.of(key.there()));
            } else {
                rows.update(at.there(), at.here(), List.of(key.there()));
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** What a table says to a row that it does not take; other failures stay what they are. */
    private RuntimeException refused(SQLException e) throws SQLException {
        String state = String.valueOf(e.getSQLState());
        boolean taken = Savepoints.isDuplicate(e);
        if (!state.startsWith("22") && !state.startsWith("23") && !taken && !isOfValue(e)) {
            throw e;
        }
        return new DataException(
                rows.table().name() + " " + record,
                "the row is refused: error " + e.getErrorCode() + ": " + e.getMessage(),
                (taken
                                ? "another row holds the value: "
                                : Savepoints.lacksParent(e)
                                        ? "put the row it refers to back first, or "
                                        : "")
                        + "give other values with --with; nothing was written",
                false,
                e);
    }

    /**
     * ER_WARN_DATA_TRUNCATED, ER_TRUNCATED_WRONG_VALUE(_FOR_FIELD), ER_CHECK_CONSTRAINT_VIOLATED.
     */
    private static boolean isOfValue(SQLException e) {
        return List.of(1265, 1292, 1366, 3819).contains(e.getErrorCode());
    }

    /** Deletes a row, unless that would take others with it. */
    void delete(Crossing at, SyncRows from, String id) throws SQLException {
        if (id == null) {
            return;
        }
        List<Kinship.Child> hanging =
                kinship.children(at.here(), from, List.of(id)).getOrDefault(id, List.of());
        if (!hanging.isEmpty()) {
            Kinship.Child first = hanging.get(0);
            throw new DataException(
                    from.table().name() + " " + id,
                    "cannot go: row "
                            + first.id()
                            + " of "
                            + first.rows().table().name()
                            + " hangs on it"
                            + (hanging.size() > 1 ? ", and " + (hanging.size() - 1) + " more" : ""),
                    "delete those first, or decide for the other side");
        }
        from.delete(at.here(), List.of(id));
    }
}
