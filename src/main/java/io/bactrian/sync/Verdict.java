package io.bactrian.sync;

import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What is to be done about a row. */
enum Verdict {
    /** Both sides agree already, or nobody changed it. */
    NOTHING,
    /** The side that is written gets the other's row. */
    TAKE,
    /** The other side is to get this one's row. */
    GIVE,
    /** Both changed it. */
    CONFLICT,
    /** Somebody holds it. */
    BUSY,
    /** It waits for a person. */
    PARKED;

    /** Whether both sides logged changes, and what they came to has to be looked at. */
    static boolean isOfBoth(KeyState key) {
        return !key.busy()
                && !key.isParked()
                && !key.equal()
                && !key.hereLog().isEmpty()
                && !key.thereLog().isEmpty();
    }

    /** What is to be done about a row, seen from the side that is written. */
    static Verdict of(Images images, KeyState key) throws SQLException {
        if (isOfBoth(key)) {
            return ofBoth(images, key);
        }
        if (key.isSettled()) {
            return NOTHING;
        }
        if (key.busy()) {
            return BUSY;
        }
        if (key.isParked()) {
            return PARKED;
        }
        if (key.equal()) {
            return NOTHING;
        }
        return key.hereLog().isEmpty() ? TAKE : GIVE;
    }

    /** What counts is what the changes came to. */
    private static Verdict ofBoth(Images images, KeyState key) throws SQLException {
        SyncRows rows = images.rows();
        Side to = images.crossing().to();
        Image mine = images.now(to, key);
        Image other = images.now(to.other(), key);
        if (mine.exists() && mine.sameContents(other, rows)) {
            long versions =
                    Long.compareUnsigned(
                            Objects.requireNonNullElse(mine.version(rows), 0L),
                            Objects.requireNonNullElse(other.version(rows), 0L));
            boolean minesWins = versions > 0 || versions == 0 && to == Side.REMOTE;
            return minesWins ? GIVE : TAKE;
        }
        boolean mineUnchanged = unchanged(key.hereLog(), mine, images.before(to, key), rows);
        boolean otherUnchanged =
                unchanged(key.thereLog(), other, images.before(to.other(), key), rows);
        if (mineUnchanged == otherUnchanged) {
            return CONFLICT;
        }
        return mineUnchanged ? TAKE : GIVE;
    }

    /** Whether a side's changes came to nothing: the row is as it was before the first of them. */
    private static boolean unchanged(List<Entry> log, Image now, Image before, SyncRows rows) {
        if (log.stream().anyMatch(e -> Agenda.SETUP.equals(e.origin()))) {
            return false;
        }
        Entry first = log.get(0);
        if (first.operation() == Operation.INSERT) {
            return !now.exists();
        }
        return before.exists() && now.exists() && before.sameContents(now, rows);
    }
}
