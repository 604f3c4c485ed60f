package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.sql.SyncConflicts.NewConflict;
import io.bactrian.sql.SyncConflicts.Type;
import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import java.util.List;
import java.util.Optional;

/** Decides who wins where both sides changed what cannot be had both. */
final class Arbiter {
    /** Who resolved a conflict that nobody was asked about. */
    static final String BY_STRATEGY = "strategy";

    private final RoundSettings settings;
    private final double remoteAhead;

    /**
     * @param remoteAhead seconds by which the remote server's clock is ahead of the local one's
     */
    Arbiter(RoundSettings settings, double remoteAhead) {
        this.settings = settings;
        this.remoteAhead = remoteAhead;
    }

    Strategy strategy(SyncRows rows) {
        return settings.sync().strategyFor(rows.table().name());
    }

    /** The integrator's own strategy for a table, if there is one. */
    Optional<ConflictResolver> resolver(SyncRows rows) {
        String table = rows.table().name();
        return settings.resolvers().stream().filter(r -> r.decides(table)).findFirst();
    }

    boolean writes(Side side) {
        return settings.writes(side);
    }

    /**
     * A claim of one side: a row as it has it, or that it is gone.
     *
     * @param log the changes that made it so
     */
    record Claim(SyncRows rows, Image image, List<Entry> log) {
        private double time() {
            return image.modifiedAt(rows).orElseGet(() -> KeyState.lastChange(log));
        }
    }

    /** The side whose claim holds; empty where a person is to decide. */
    Optional<Side> winner(Strategy strategy, Claim local, Claim remote) {
        return switch (strategy) {
            case MANUAL -> Optional.empty();
            case LOCAL_WINS -> Optional.of(Side.LOCAL);
            case NEWEST_WINS ->
                    Optional.of(
                            local.time() + remoteAhead > remote.time() ? Side.LOCAL : Side.REMOTE);
            // what has no columns to merge
            case REMOTE_WINS, MERGE -> Optional.of(Side.REMOTE);
        };
    }

    static Type type(KeyState key) {
        if (key.here() == null || key.there() == null) {
            return Type.UPDATE_DELETE;
        }
        return inserted(key.hereLog()) && inserted(key.thereLog())
                ? Type.INSERT_INSERT
                : Type.UPDATE_UPDATE;
    }

    /** Whether the row was not there, or is not known to have been, when the sides last agreed. */
    private static boolean inserted(List<Entry> log) {
        return KeyState.first(log)
                .map(e -> e.operation() == Operation.INSERT || "setup".equals(e.origin()))
                .orElse(false);
    }

    /**
     * The record of a conflict about one row.
     *
     * @param resolution who won, or null while it waits
     * @param resolved the row as both sides will have it, or none
     */
    static NewConflict record(
            SyncRows rows,
            String record,
            Type type,
            Image base,
            Image local,
            Image remote,
            Strategy strategy,
            String resolution,
            Image resolved) {
        return record(
                rows,
                record,
                type,
                base,
                local,
                remote,
                strategy.name(),
                resolution,
                resolved,
                resolution == null ? null : BY_STRATEGY);
    }

    static NewConflict record(
            SyncRows rows,
            String record,
            Type type,
            Image base,
            Image local,
            Image remote,
            String strategy,
            String resolution,
            Image resolved,
            String by) {
        return new NewConflict(
                rows.table().name(),
                record,
                type,
                base.json(),
                local.json(),
                remote.json(),
                local.version(rows),
                remote.version(rows),
                local.modified(rows),
                remote.modified(rows),
                strategy,
                resolution,
                resolved.json(),
                by);
    }
}
