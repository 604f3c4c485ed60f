package io.bactrian.sync;

import io.bactrian.error.DataException;
import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A row and the parent that the other side deleted, and what a person decided about them: the
 * parent comes back, the row goes as well, or it gets another parent.
 */
final class Family {
    private final Resolution resolution;
    private final SyncRows rows;
    private final Side childs;

    Family(Resolution resolution) {
        this.resolution = resolution;
        this.rows = resolution.rows();
        this.childs = resolution.shown(Side.LOCAL).exists() ? Side.LOCAL : Side.REMOTE;
    }

    void run() {
        Side keep = resolution.choice().keep();
        Round round = resolution.round();
        String table = rows.table().name();
        if (keep == null) {
            round.link().cross(resolution.keeper(), table, this::getAnotherParent);
        } else if (keep == childs) {
            resolution.close(round.link().cross(childs.other(), table, this::bringParentBack));
        } else {
            round.link().cross(childs, table, this::leave);
            // a crash in between is mended by the same decision: the row is gone then
            resolution.close(Image.NONE);
        }
    }

    private Image bringParentBack(Crossing at) throws SQLException {
        KeyState child = child(at);
        Image image = at.image(rows, childs, child);
        if (child.there() == null) {
            throw new DataException(
                    resolution.name(),
                    "the row that is to be kept is gone",
                    "--keep " + childs.other().name().toLowerCase() + " closes the conflict");
        }
        requireShown(at, child);
        boolean found = false;
        for (Kin kin : resolution.kinship().parents(rows)) {
            SyncRows parents = resolution.kinship().parentRows(kin);
            for (List<String> ids : kin.parents(at.there(), List.of(child.there())).values()) {
                found = true;
                for (KeyState parent : Looks.at(at, parents, ids)) {
                    if (parent.here() == null) {
                        resolution.round().hanging(at).putBack(at, parents, parent.id());
                    } else if (parent.isParked()) {
                        at.unpark(parents, parent);
                    }
                }
            }
        }
        if (!found) {
            throw new DataException(
                    resolution.name(),
                    "neither side has a row that this one refers to",
                    "insert it, or decide with --with a row of another parent");
        }
        at.unpark(rows, child);
        return image;
    }

    private Void leave(Crossing at) throws SQLException {
        KeyState child = child(at);
        if (child.here() == null) {
            for (Kin kin : resolution.kinship().parents(rows)) {
                Optional<String> parent = resolution.shown(childs).parent(kin);
                if (parent.isPresent()) {
                    unpark(at, resolution.kinship().parentRows(kin), List.of(parent.get()));
                }
            }
            at.unpark(rows, child);
            return null;
        }
        requireShown(at, child);
        Image image = at.image(rows, childs, child);
        release(at, at.here(), child.here());
        resolution.delete(at, rows, child.here());
        at.settle(rows, child);
        if (child.there() != null) {
            at.log(rows, child.here(), Operation.DELETE, image, Image.NONE);
        }
        return null;
    }

    private Void getAnotherParent(Crossing at) throws SQLException {
        KeyState child = child(at);
        boolean here = at.to() == childs;
        String id = here ? child.here() : child.there();
        if (id != null) {
            release(at, here ? at.here() : at.there(), id);
        }
        resolution.ofOneRow(at);
        return null;
    }

    /** The parent's end, which waited for this row, is to be looked at again. */
    private void release(Crossing at, Connection session, String id) throws SQLException {
        for (Kin kin : resolution.kinship().parents(rows)) {
            SyncRows parents = resolution.kinship().parentRows(kin);
            for (List<String> ids : kin.parents(session, List.of(id)).values()) {
                unpark(at, parents, ids);
            }
        }
    }

    private static void unpark(Crossing at, SyncRows parents, List<String> ids)
            throws SQLException {
        for (KeyState parent : Looks.at(at, parents, ids)) {
            if (parent.isParked()) {
                at.unpark(parents, parent);
            }
        }
    }

    private KeyState child(Crossing at) throws SQLException {
        return Resolution.only(at, rows, resolution.conflict().recordId());
    }

    private void requireShown(Crossing at, KeyState child) throws SQLException {
        Image local = at.image(rows, Side.LOCAL, child);
        Image remote = at.image(rows, Side.REMOTE, child);
        if (!local.sameContents(resolution.shown(Side.LOCAL), rows)
                || !remote.sameContents(resolution.shown(Side.REMOTE), rows)) {
            throw resolution.changed(local, remote);
        }
    }
}
