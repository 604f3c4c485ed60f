package io.bactrian.sync;

import io.bactrian.sql.Database;
import io.bactrian.sql.LogStatus;
import io.bactrian.sql.LogStatus.Waiting;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.SyncSession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a pair stands.
 *
 * @param lastRound when the last round that had something to do ended, in UTC, or null
 * @param clockOffset seconds by which the remote server's clock is ahead
 */
public record Status(
        boolean setUp, String lastRound, double clockOffset, List<TableStatus> tables) {
    /** Path of what rounds leave in the local side's sync_metadata. */
    static final String PROVEN = "sync/proven/";

    static final String LAST_ROUND = "sync/round/last";

    /**
     * One table.
     *
     * @param oldestSeconds age of the oldest change that waits, or null
     * @param conflicts log rows of both sides that wait for a decision
     * @param errors log rows of both sides that the other side refused
     * @param provenEqual when the rows that had changed were last found the same, in UTC, or null
     * @param paused why it does not sync, or null
     * @param remedy what mends that, or null
     */
    public record TableStatus(
            String table,
            long pendingLocal,
            long pendingRemote,
            Double oldestSeconds,
            long conflicts,
            long errors,
            String provenEqual,
            String paused,
            String remedy) {}

    public Status {
        tables = List.copyOf(tables);
    }

    /** Changes of both sides that wait to be carried. */
    public long pending() {
        return tables.stream().mapToLong(t -> t.pendingLocal() + t.pendingRemote()).sum();
    }

    /** Age of the oldest of them; 0 if there is none. */
    public double oldestSeconds() {
        return tables.stream()
                .filter(t -> t.oldestSeconds() != null)
                .mapToDouble(TableStatus::oldestSeconds)
                .max()
                .orElse(0);
    }

    /** Log rows that wait for a decision. */
    public long conflicts() {
        return tables.stream().mapToLong(TableStatus::conflicts).sum();
    }

    /** Log rows that the other side refused. */
    public long errors() {
        return tables.stream().mapToLong(TableStatus::errors).sum();
    }

    /** Looks at both sides. */
    public static Status of(Catalog catalog) {
        Sides sides = catalog.sides();
        catalog.refresh();
        double offset =
                sides.remote().with(sides.remote().name(), SyncSession::clockAhead)
                        - sides.local().with(sides.local().name(), SyncSession::clockAhead);
        double rounded = Math.round(offset * 1e3) / 1e3;
        if (!catalog.isSetUp()) {
            return new Status(false, null, rounded, List.of());
        }
        Map<Side, Map<String, Waiting>> waiting = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            waiting.put(side, database.with(database.name(), LogStatus::waiting));
        }
        Map<String, String> proven =
                sides.local().with(sides.local().name(), c -> Metadata.under(c, PROVEN));
        String last =
                sides.local()
                        .with(sides.local().name(), c -> Metadata.get(c, LAST_ROUND))
                        .map(Status::text)
                        .orElse(null);
        List<TableStatus> tables = new ArrayList<>();
        for (SyncTable table : catalog.tables()) {
            String name = table.name();
            Waiting local = waiting.get(Side.LOCAL).getOrDefault(name, Waiting.NOTHING);
            Waiting remote = waiting.get(Side.REMOTE).getOrDefault(name, Waiting.NOTHING);
            tables.add(
                    new TableStatus(
                            name,
                            local.pending(),
                            remote.pending(),
                            oldest(local, remote),
                            local.parked() + remote.parked(),
                            local.refused() + remote.refused(),
                            text(proven.get(PROVEN + name)),
                            table.paused(),
                            table.remedy()));
        }
        return new Status(true, last, rounded, tables);
    }

    private static Double oldest(Waiting local, Waiting remote) {
        double age = Math.max(local.oldestSeconds(), remote.oldestSeconds());
        return local.pending() + remote.pending() == 0 ? null : age;
    }

    /** A JSON text without its quotes. */
    private static String text(String json) {
        return json == null ? null : json.replace("\"", "");
    }
}
