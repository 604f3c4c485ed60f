package io.bactrian.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncConflicts.Conflict;
import io.bactrian.sql.SyncConflicts.Type;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Conflicts.Kept;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Carries out what a person decided about a conflict, on the side that keeps it. The result goes
 * into the log there like an application's change, so that the next round brings it to the other.
 */
public final class Resolution {
    /**
     * What was decided.
     *
     * @param keep the side whose row holds, or null
     * @param with a row, or some columns of it, or null
     * @param by who decided
     */
    public record Choice(Side keep, JsonNode with, String by) {}

    private final Round round;
    private final Kinship kinship;
    private final Kept kept;
    private final Choice choice;

    Resolution(Round round, Kinship kinship, Kept kept, Choice choice) {
        this.round = round;
        this.kinship = kinship;
        this.kept = kept;
        this.choice = choice;
    }

    /**
     * @throws DataException if the row changed since the conflict was shown; nothing is written
     */
    void run() {
        Conflict conflict = kept.conflict();
        SyncRows rows = kinship.rows(conflict.tableName());
        if (rows == null) {
            throw new DataException(
                    conflict.tableName(),
                    "is gone, or has no primary key",
                    "see `bactrian sync status`");
        }
        if (conflict.isWaiting()
                && choice.with() == null
                && conflict.conflictType() == Type.UNIQUE_KEY) {
            ofRivals(rows, conflict);
        } else if (conflict.isWaiting()
                && choice.with() == null
                && conflict.conflictType() == Type.FOREIGN_KEY) {
            ofFamily(rows, conflict);
        } else {
            round.cross(kept.side(), conflict.tableName(), at -> ofOneRow(at, rows, conflict));
        }
    }

    private Void ofOneRow(Crossing at, SyncRows rows, Conflict conflict) throws SQLException {
        KeyState key = only(at, rows, conflict.recordId());
        Image local = at.image(rows, Side.LOCAL, key);
        Image remote = at.image(rows, Side.REMOTE, key);
        requireUnchanged(at, rows, conflict, local, remote);
        Image before = at.to() == Side.LOCAL ? local : remote;
        if (choice.with() != null) {
            write(at, rows, key, rows.values(choice.with()));
        } else if (!conflict.isWaiting()) {
            Image wanted = new Image(data(conflict, choice.keep()));
            if (wanted.exists()) {
                write(at, rows, key, wanted.values(rows));
            } else if (key.here() != null) {
                rows.delete(at.here(), List.of(key.here()));
            }
        } else if (choice.keep() != at.to()) {
            if (key.there() == null) {
                rows.delete(at.here(), List.of(key.here()));
            } else if (key.here() == null) {
                rows.insert(at.there(), at.here(), List.of(key.there()));
            } else {
                rows.update(at.there(), at.here(), List.of(key.there()));
            }
        }
        String stored =
                rows.seen(at.here(), List.of(key.stored())).stream().findFirst().orElse(null);
        if (stored != null) {
            raise(at, rows, stored, local, remote);
        } else if (choice.with() != null) {
            throw new ConfigException(
                    "--with",
                    "would change the row's key " + conflict.recordId(),
                    "leave the key's columns out, or as they are");
        }
        Image after = stored == null ? Image.NONE : new Image(rows.image(at.here(), stored));
        at.settle(rows, key);
        at.log(
                rows,
                stored == null ? key.stored() : stored,
                after.exists()
                        ? before.exists() ? Operation.UPDATE : Operation.INSERT
                        : Operation.DELETE,
                at.to() == Side.LOCAL ? remote : local,
                after);
        SyncConflicts.resolved(at.here(), conflict.id(), word(), choice.by(), after.json());
        return null;
    }

    private String word() {
        return choice.keep() == null ? "MERGED" : choice.keep().name();
    }

    private static String data(Conflict conflict, Side side) {
        return side == Side.LOCAL ? conflict.localData() : conflict.remoteData();
    }

    private static void write(Crossing at, SyncRows rows, KeyState key, Map<Column, String> values)
            throws SQLException {
        if (key.here() != null) {
            rows.set(at.here(), key.here(), values);
        } else if (key.there() != null) {
            rows.insert(at.there(), at.here(), List.of(key.there()));
            rows.set(at.here(), key.there(), values);
        } else {
            rows.insert(at.here(), values);
        }
    }

    private static void raise(Crossing at, SyncRows rows, String stored, Image local, Image remote)
            throws SQLException {
        Image now = new Image(rows.image(at.here(), stored));
        long most = 0;
        for (Image image : List.of(local, remote, now)) {
            long version =
                    Objects.requireNonNullElse(image.exists() ? image.version(rows) : null, 0L);
            most = Long.compareUnsigned(version, most) > 0 ? version : most;
        }
        if (rows.version().isPresent()) {
            rows.set(
                    at.here(),
                    stored,
                    Map.of(rows.version().get(), Long.toUnsignedString(most + 1)));
        }
    }

    private static KeyState only(Crossing at, SyncRows rows, String id) throws SQLException {
        KeyState key = Looks.at(at, rows, List.of(id)).get(0);
        if (key.busy()) {
            throw new DataException(
                    rows.table().name() + " " + id,
                    "is held by another session",
                    "run it again when that is done");
        }
        return key;
    }

    /**
     * What is decided about must be what was shown. A decided conflict holds the rows both sides
     * had then; what they have become may only be overwritten if it is kept in the conflict.
     */
    private void requireUnchanged(
            Crossing at, SyncRows rows, Conflict conflict, Image local, Image remote)
            throws SQLException {
        boolean same;
        if (conflict.isWaiting()) {
            same =
                    local.sameContents(new Image(conflict.localData()), rows)
                            && remote.sameContents(new Image(conflict.remoteData()), rows);
        } else {
            Image resolved = new Image(conflict.resolvedData());
            boolean gone = conflict.conflictType() == Type.UNIQUE_KEY || !resolved.exists();
            Image expected = gone ? Image.NONE : resolved;
            same = local.sameContents(expected, rows) && remote.sameContents(expected, rows);
        }
        if (same) {
            return;
        }
        if (conflict.isWaiting()) {
            round.ask(
                    at.to(),
                    c -> {
                        SyncConflicts.refresh(c, conflict.id(), local.json(), remote.json());
                        return null;
                    });
        }
        throw new DataException(
                "conflict " + conflict.id(),
                "the row "
                        + conflict.recordId()
                        + " of "
                        + conflict.tableName()
                        + " has changed since",
                "`bactrian conflicts show "
                        + conflict.id()
                        + "` tells the news; then decide again");
    }

    /** Two rows that want one unique value: the loser's leaves, and is whole in the conflict. */
    private void ofRivals(SyncRows rows, Conflict conflict) {
        Side loser = choice.keep().other();
        Image losing = new Image(data(conflict, loser));
        Image winning = new Image(data(conflict, choice.keep()));
        round.cross(
                loser,
                conflict.tableName(),
                at -> {
                    KeyState key = find(at, rows, losing, conflict);
                    requireSame(at.image(rows, loser, key), losing, rows, conflict);
                    rows.delete(at.here(), List.of(key.here()));
                    at.settle(rows, key);
                    if (key.there() != null) {
                        at.log(rows, key.here(), Operation.DELETE, losing, Image.NONE);
                    }
                    KeyState other = findThere(at, rows, winning, conflict);
                    at.unpark(rows, other);
                    return null;
                });
        done(conflict, winning);
    }

    private KeyState find(Crossing at, SyncRows rows, Image image, Conflict conflict)
            throws SQLException {
        String id = image.exists() ? rows.find(at.here(), image.values(rows)) : null;
        if (id == null) {
            throw gone(conflict);
        }
        return only(at, rows, id);
    }

    private KeyState findThere(Crossing at, SyncRows rows, Image image, Conflict conflict)
            throws SQLException {
        String id = image.exists() ? rows.find(at.there(), image.values(rows)) : null;
        if (id == null) {
            throw gone(conflict);
        }
        return only(at, rows, id);
    }

    private static DataException gone(Conflict conflict) {
        return new DataException(
                "conflict " + conflict.id(),
                "one of its rows is gone",
                "run `bactrian sync`, which looks at both again");
    }

    private static void requireSame(Image now, Image then, SyncRows rows, Conflict conflict) {
        if (!now.sameContents(then, rows)) {
            throw new DataException(
                    "conflict " + conflict.id(),
                    "the row " + conflict.recordId() + " has changed since",
                    "run `bactrian sync`, which looks at both again");
        }
    }

    /** A row and the parent that the other side deleted. */
    private void ofFamily(SyncRows rows, Conflict conflict) {
        Side childs = conflict.localData() != null ? Side.LOCAL : Side.REMOTE;
        Image child = new Image(data(conflict, childs));
        if (choice.keep() == childs) {
            round.cross(
                    childs.other(),
                    conflict.tableName(),
                    at -> {
                        KeyState key = only(at, rows, conflict.recordId());
                        boolean back = false;
                        for (Kin kin : kinship.parents(rows)) {
                            SyncRows parents = kinship.parentRows(kin);
                            for (List<String> ids :
                                    kin.parents(at.there(), List.of(conflict.recordId()))
                                            .values()) {
                                for (String id : ids) {
                                    back |= round.hanging(at).putBack(at, parents, id);
                                }
                            }
                        }
                        if (!back) {
                            throw new DataException(
                                    "conflict " + conflict.id(),
                                    "neither side has the parent of the row",
                                    "insert it, or decide with --with a row of another parent");
                        }
                        at.unpark(rows, key);
                        return null;
                    });
        } else {
            round.cross(
                    childs,
                    conflict.tableName(),
                    at -> {
                        KeyState key = only(at, rows, conflict.recordId());
                        requireSame(at.image(rows, childs, key), child, rows, conflict);
                        for (Kin kin : kinship.parents(rows)) {
                            SyncRows parents = kinship.parentRows(kin);
                            for (List<String> ids :
                                    kin.parents(at.here(), List.of(key.here())).values()) {
                                for (KeyState parent : Looks.at(at, parents, ids)) {
                                    if (parent.isParked()) {
                                        at.unpark(parents, parent);
                                    }
                                }
                            }
                        }
                        rows.delete(at.here(), List.of(key.here()));
                        at.settle(rows, key);
                        if (key.there() != null) {
                            at.log(rows, key.here(), Operation.DELETE, child, Image.NONE);
                        }
                        return null;
                    });
        }
        done(conflict, choice.keep() == childs ? child : Image.NONE);
    }

    private void done(Conflict conflict, Image resolved) {
        round.ask(
                kept.side(),
                c -> {
                    SyncConflicts.resolved(c, conflict.id(), word(), choice.by(), resolved.json());
                    return null;
                });
    }
}
