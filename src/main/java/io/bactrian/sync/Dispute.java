package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.schema.Column;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Arbiter.Claim;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row that both sides changed, as it was on both before one of them is written. Whoever writes
 * over it, for whatever reason, {@linkplain #record records} it, so that the loser is kept.
 */
final class Dispute {
    private final Arbiter arbiter;
    private final Crossing crossing;
    private final SyncRows rows;
    private final KeyState key;
    private final Image mine;
    private final Image other;
    private final Image base;

    private Dispute(Arbiter arbiter, Crossing crossing, SyncRows rows, KeyState key)
            throws SQLException {
        this.arbiter = arbiter;
        this.crossing = crossing;
        this.rows = rows;
        this.key = key;
        mine = crossing.image(rows, crossing.to(), key);
        other = crossing.image(rows, crossing.to().other(), key);
        base = crossing.base(key);
    }

    /** The dispute about a row; empty if there is none. */
    static Optional<Dispute> about(Arbiter arbiter, Crossing crossing, SyncRows rows, KeyState key)
            throws SQLException {
        return Verdict.of(crossing, rows, key) == Verdict.CONFLICT
                ? Optional.of(new Dispute(arbiter, crossing, rows, key))
                : Optional.empty();
    }

    /** What is to be done about a row; a dispute counts as what it will come to. */
    static Verdict verdict(Arbiter arbiter, Crossing crossing, SyncRows rows, KeyState key)
            throws SQLException {
        Optional<Dispute> dispute = about(arbiter, crossing, rows, key);
        if (dispute.isEmpty()) {
            return Verdict.of(crossing, rows, key);
        }
        return dispute.get()
                .winner()
                .map(w -> w == crossing.to() ? Verdict.GIVE : Verdict.TAKE)
                .orElse(Verdict.CONFLICT);
    }

    Image base() {
        return base;
    }

    Image local() {
        return crossing.to() == Side.LOCAL ? mine : other;
    }

    Image remote() {
        return crossing.to() == Side.LOCAL ? other : mine;
    }

    SyncRows rows() {
        return rows;
    }

    String recordId() {
        return key.stored();
    }

    /** The side whose row holds; empty where a person is to decide. */
    Optional<Side> winner() {
        boolean local = crossing.to() == Side.LOCAL;
        return arbiter.winner(
                arbiter.strategy(rows),
                new Claim(rows, local(), local ? key.hereLog() : key.thereLog()),
                new Claim(rows, remote(), local ? key.thereLog() : key.hereLog()));
    }

    /** Keeps both rows, when the side that is written has taken the other's. */
    void taken() throws SQLException {
        record(crossing.to().other(), raiseVersion(other));
    }

    /** Keeps both rows, whatever became of them. */
    void record(Side winner, Image resolved) throws SQLException {
        Strategy strategy = arbiter.strategy(rows);
        crossing.conflict(
                Arbiter.record(
                        rows,
                        key.stored(),
                        Arbiter.type(key),
                        base,
                        local(),
                        remote(),
                        strategy,
                        winner.name(),
                        resolved));
    }

    /** A decided row has a version of its own, which goes back to the other side as a change. */
    private Image raiseVersion(Image taken) throws SQLException {
        if (key.there() == null || rows.version().isEmpty()) {
            return taken;
        }
        Column version = rows.version().get();
        rows.set(crossing.here(), key.there(), Map.of(version, nextVersion()));
        Image raised = new Image(rows.image(crossing.here(), key.there()));
        crossing.log(rows, key.there(), Operation.UPDATE, taken, raised);
        return raised;
    }

    /** One more than both. */
    String nextVersion() {
        long a = Objects.requireNonNullElse(mine.version(rows), 0L);
        long b = Objects.requireNonNullElse(other.version(rows), 0L);
        return Long.toUnsignedString((Long.compareUnsigned(a, b) > 0 ? a : b) + 1);
    }
}
