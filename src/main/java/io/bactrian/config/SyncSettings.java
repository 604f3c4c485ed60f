package io.bactrian.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * How two databases are kept equal.
 *
 * @param interval pause between automatic rounds; zero is not automatic
 * @param logRetentionDays SYNCED log rows older than this are purged
 * @param tableStrategies strategies of tables that have one of their own, by glob
 */
public record SyncSettings(
        Direction direction,
        Strategy strategy,
        Duration interval,
        int logRetentionDays,
        Map<TableFilter, Strategy> tableStrategies) {

    /** Which way changes flow. */
    public enum Direction {
        BIDIRECTIONAL,
        LOCAL_TO_REMOTE,
        REMOTE_TO_LOCAL
    }

    /** Who wins where both sides changed the same row. */
    public enum Strategy {
        REMOTE_WINS,
        LOCAL_WINS,
        NEWEST_WINS,
        MANUAL,
        MERGE
    }

    public SyncSettings {
        tableStrategies = Map.copyOf(tableStrategies);
    }

    /** The strategy for a table: of the globs that match it the longest decides. */
    public Strategy strategyFor(String table) {
        return tableStrategies.entrySet().stream()
                .filter(e -> e.getKey().test(table))
                .max(Comparator.comparing(e -> e.getKey().toString(), BY_LENGTH))
                .map(Map.Entry::getValue)
                .orElse(strategy);
    }

    private static final Comparator<String> BY_LENGTH =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
}
