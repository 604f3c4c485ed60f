package io.bactrian.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncConflicts.Conflict;
import io.bactrian.sql.SyncConflicts.Type;
import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Conflicts.Kept;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
     * @param again whether it may undo what a person decided before
     * @param by who decided
     */
    public record Choice(Side keep, JsonNode with, boolean again, String by) {
        public Choice(Side keep, JsonNode with, String by) {
            this(keep, with, false, by);
        }

        /** LOCAL, REMOTE or MERGED. */
        public String word() {
            return keep == null ? "MERGED" : keep.name();
        }
    }

    private final Round round;
    private final Kinship kinship;
    private final Conflict conflict;
    private final Side keeper;
    private final Choice choice;
    private final SyncRows rows;
    private final DecidedRow writes;

    Resolution(Round round, Kinship kinship, Kept kept, Choice choice) {
        this.round = round;
        this.kinship = kinship;
        this.conflict = kept.conflict();
        this.keeper = kept.side();
        this.choice = choice;
        this.rows = kinship.rows(conflict.tableName());
        this.writes = new DecidedRow(kinship, rows, conflict.recordId());
    }

    /**
     * @throws ConfigException if it was decided before, and this is not to decide it once more
     * @throws DataException if the row changed since the conflict was shown, or the table does not
     *     take what is to be written; nothing is written then
     */
    void run() {
        requireOpen();
        if (rows == null || !round.syncs(conflict.tableName())) {
            throw new DataException(
                    conflict.tableName(),
                    "does not sync now",
                    "`bactrian sync status` tells why; --tables must not leave it out");
        }
        boolean waits = conflict.isWaiting();
        if (waits && conflict.conflictType() == Type.UNIQUE_KEY) {
            new Rivals(this).run();
        } else if (waits && conflict.conflictType() == Type.FOREIGN_KEY) {
            new Family(this).run();
        } else {
            round.link()
                    .cross(
                            keeper,
                            conflict.tableName(),
                            at -> {
                                ofOneRow(at);
                                return null;
                            });
        }
    }

    private void requireOpen() {
        if (conflict.isWaiting()) {
            return;
        }
        if (choice.keep() != null && choice.word().equals(conflict.resolution())) {
            throw new ConfigException(
                    name(),
                    "is resolved to " + conflict.resolution() + " already",
                    "`bactrian conflicts show " + conflict.id() + "` has both rows");
        }
        if (!Arbiter.BY_STRATEGY.equals(conflict.resolvedBy()) && !choice.again()) {
            throw new ConfigException(
                    name(),
                    "was resolved to "
                            + conflict.resolution()
                            + " by "
                            + conflict.resolvedBy()
                            + " at "
                            + conflict.resolvedAt(),
                    "--again decides it once more");
        }
    }

    Round round() {
        return round;
    }

    Kinship kinship() {
        return kinship;
    }

    Conflict conflict() {
        return conflict;
    }

    Side keeper() {
        return keeper;
    }

    Choice choice() {
        return choice;
    }

    SyncRows rows() {
        return rows;
    }

    String name() {
        return "conflict " + conflict.id();
    }

    /** The row of a side as the conflict shows it. */
    Image shown(Side side) {
        return new Image(side == Side.LOCAL ? conflict.localData() : conflict.remoteData());
    }

    /** Decides about the one row that has the conflict's record id. */
    void ofOneRow(Crossing at) throws SQLException {
        KeyState key = only(at, rows, conflict.recordId());
        Image local = at.image(rows, Side.LOCAL, key);
        Image remote = at.image(rows, Side.REMOTE, key);
        requireUnchanged(at, local, remote);
        Image before = at.to() == Side.LOCAL ? local : remote;
        Image there = at.to() == Side.LOCAL ? remote : local;
        if (choice.with() != null) {
            write(at, key, there);
        } else if (!conflict.isWaiting()) {
            Image wanted = shown(choice.keep());
            if (!wanted.exists()) {
                writes.delete(at, rows, key.here());
            } else {
                writes.put(at, key, wanted.values(rows));
            }
        } else if (choice.keep() != at.to()) {
            writes.take(at, key);
        }
        conclude(at, key, before, there);
    }

    /** Writes what {@code --with} says, over the row as it is or as it was lost. */
    void write(Crossing at, KeyState key, Image there) throws SQLException {
        Map<Column, String> values = new LinkedHashMap<>();
        if (key.here() == null) {
            values.putAll(whole(there).values(rows));
        }
        values.putAll(rows.values(choice.with()));
        writes.put(at, key, values);
    }

    private Image whole(Image there) {
        if (there.exists()) {
            return there;
        }
        boolean remoteLost =
                !shown(Side.LOCAL).exists()
                        || !conflict.isWaiting()
                                && Side.LOCAL.name().equals(conflict.resolution())
                                && shown(Side.REMOTE).exists();
        Image lost = shown(remoteLost ? Side.REMOTE : Side.LOCAL);
        if (!lost.exists()) {
            throw new DataException(
                    name(),
                    "does not have the row, which was too large for it",
                    "insert the row as an application would");
        }
        return lost;
    }

    /** Deletes a row, unless that would take others with it. */
    void delete(Crossing at, SyncRows from, String id) throws SQLException {
        writes.delete(at, from, id);
    }

    /** Raises the version, tells the log what was written, and closes the conflict. */
    void conclude(Crossing at, KeyState key, Image before, Image there) throws SQLException {
        String stored =
                rows.seen(at.here(), List.of(key.stored())).stream().findFirst().orElse(null);
        if (stored != null) {
            raise(at, stored, before, there);
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
                there,
                after);
        keep(at, before, after);
        SyncConflicts.resolved(at.here(), conflict.id(), choice.word(), choice.by(), after.json());
    }

    /** What is overwritten stays: in the conflict, or in one of its own if that has other rows. */
    private void keep(Crossing at, Image before, Image after) throws SQLException {
        boolean there =
                !before.exists()
                        || before.sameContents(shown(Side.LOCAL), rows)
                        || before.sameContents(shown(Side.REMOTE), rows)
                        || before.sameContents(after, rows);
        if (!there) {
            at.conflict(
                    Arbiter.record(
                            rows,
                            conflict.recordId(),
                            conflict.conflictType(),
                            new Image(conflict.baseData()),
                            before,
                            before,
                            conflict.resolutionStrategy(),
                            choice.word(),
                            after,
                            choice.by()));
        }
    }

    private void raise(Crossing at, String stored, Image before, Image there) throws SQLException {
        if (rows.version().isEmpty()) {
            return;
        }
        Image now = new Image(rows.image(at.here(), stored));
        long most = 0;
        for (Image image : List.of(before, there, now)) {
            long version =
                    Objects.requireNonNullElse(image.exists() ? image.version(rows) : null, 0L);
            most = Long.compareUnsigned(version, most) > 0 ? version : most;
        }
        rows.set(at.here(), stored, Map.of(rows.version().get(), Long.toUnsignedString(most + 1)));
    }

    static KeyState only(Crossing at, SyncRows rows, String id) throws SQLException {
        Set<String> ids = new LinkedHashSet<>(List.of(id));
        if (rows.idsVary()) {
            // the logs may have parked it by other ids as well
            ids.addAll(SyncLog.parked(at.here(), rows.table().name()));
            ids.addAll(SyncLog.parked(at.there(), rows.table().name()));
        }
        KeyState key = Looks.at(at, rows, ids).get(0);
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
     * came to have; what they have become since is the applications' business.
     */
    private void requireUnchanged(Crossing at, Image local, Image remote) {
        if (conflict.isWaiting()) {
            if (!local.sameContents(shown(Side.LOCAL), rows)
                    || !remote.sameContents(shown(Side.REMOTE), rows)) {
                throw changed(local, remote);
            }
            return;
        }
        Image expected = new Image(conflict.resolvedData());
        if (conflict.conflictType() == Type.UNIQUE_KEY && !"MERGED".equals(conflict.resolution())) {
            // what was kept is the other row, and this one left
            expected = Image.NONE;
        }
        if (!local.sameContents(expected, rows) || !remote.sameContents(expected, rows)) {
            throw new DataException(
                    name(),
                    "the row "
                            + conflict.recordId()
                            + " of "
                            + conflict.tableName()
                            + " has changed since it was resolved",
                    "write what you need of the rows that `bactrian conflicts show "
                            + conflict.id()
                            + "` has, as an application would");
        }
    }

    /** Has the conflict show the rows as they have become. */
    DataException changed(Image local, Image remote) {
        round.link()
                .ask(
                        keeper,
                        c -> {
                            SyncConflicts.refresh(
                                    c,
                                    conflict.id(),
                                    local.json(),
                                    remote.json(),
                                    local.version(rows),
                                    remote.version(rows));
                            return null;
                        });
        return new DataException(
                name(),
                "the row "
                        + conflict.recordId()
                        + " of "
                        + conflict.tableName()
                        + " has changed since",
                "`bactrian conflicts show "
                        + conflict.id()
                        + "` tells the news; then decide again");
    }

    /** Closes the conflict where that is not done in the transaction that wrote. */
    void close(Image resolved) {
        round.link()
                .ask(
                        keeper,
                        c -> {
                            SyncConflicts.resolved(
                                    c, conflict.id(), choice.word(), choice.by(), resolved.json());
                            return null;
                        });
    }
}
