package io.bactrian.sync;

import io.bactrian.error.DataException;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Two rows that want one unique value, and what a person decided about them: one of them leaves and
 * stays whole in the conflict, or the local one gets another value.
 */
final class Rivals {
    private final Resolution resolution;
    private final SyncRows rows;

    Rivals(Resolution resolution) {
        this.resolution = resolution;
        this.rows = resolution.rows();
    }

    void run() {
        Side keep = resolution.choice().keep();
        String table = rows.table().name();
        if (keep == null) {
            resolution.round().link().cross(Side.REMOTE, table, this::giveAnotherValue);
        } else {
            Image kept =
                    resolution.round().link().cross(keep.other(), table, at -> leave(at, keep));
            // a crash in between is mended by the same decision: the row that left is gone then
            resolution.close(kept);
        }
    }

    private Image leave(Crossing at, Side keep) throws SQLException {
        KeyState loser = locate(at, at.here(), keep.other());
        KeyState winner = locate(at, at.there(), keep);
        Image losing = at.image(rows, keep.other(), loser);
        Image winning = at.image(rows, keep, winner);
        if (!winning.exists()) {
            throw new DataException(
                    resolution.name(),
                    "the row that is to be kept is gone",
                    "--keep " + keep.other().name().toLowerCase() + " closes the conflict");
        }
        requireShown(keep, winning, losing);
        if (losing.exists()) {
            resolution.delete(at, rows, loser.here());
            at.settle(rows, loser);
            if (loser.there() != null) {
                at.log(rows, loser.here(), Operation.DELETE, losing, Image.NONE);
            }
        } else {
            at.unpark(rows, loser);
        }
        at.unpark(rows, winner);
        return winning;
    }

    private Void giveAnotherValue(Crossing at) throws SQLException {
        KeyState local = locate(at, at.there(), Side.LOCAL);
        KeyState remote = locate(at, at.here(), Side.REMOTE);
        Image mine = at.image(rows, Side.LOCAL, local);
        requireShown(Side.LOCAL, mine, at.image(rows, Side.REMOTE, remote));
        Image before = at.image(rows, Side.REMOTE, local);
        resolution.write(at, local, mine);
        resolution.conclude(at, local, before, mine);
        at.unpark(rows, remote);
        return null;
    }

    /** A row that is gone from its side is no rival any more; other changes must be seen first. */
    private void requireShown(Side side, Image one, Image other) {
        Image local = side == Side.LOCAL ? one : other;
        Image remote = side == Side.LOCAL ? other : one;
        boolean same =
                (!local.exists() || local.sameContents(resolution.shown(Side.LOCAL), rows))
                        && (!remote.exists()
                                || remote.sameContents(resolution.shown(Side.REMOTE), rows));
        if (!same) {
            throw resolution.changed(
                    local.exists() ? local : resolution.shown(Side.LOCAL),
                    remote.exists() ? remote : resolution.shown(Side.REMOTE));
        }
    }

    private KeyState locate(Crossing at, Connection session, Side side) throws SQLException {
        Image shown = resolution.shown(side);
        if (!shown.exists()) {
            throw new DataException(
                    resolution.name(),
                    "does not have the row, which was too large for it",
                    "change the unique value of one of the rows, as an application would");
        }
        String id = rows.find(session, shown.values(rows));
        return Resolution.only(at, rows, id == null ? shown.recordId(rows) : id);
    }
}
