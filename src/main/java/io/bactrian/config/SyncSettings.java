package io.bactrian.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/**
 * How two databases are kept equal.
 *
 * @param interval pause between automatic rounds; zero is not automatic
 * @param logRetentionDays SYNCED log rows older than this are purged
 * @param capture what triggers write into the log
 * @param tableStrategies strategies of tables that have one of their own, by glob
 */
public record SyncSettings(
        SyncDirection direction,
        Strategy strategy,
        Duration interval,
        int logRetentionDays,
        Capture capture,
        Map<TableFilter, Strategy> tableStrategies) {

    /** Who wins where both sides changed the same row. */
    public enum Strategy {
        REMOTE_WINS,
        LOCAL_WINS,
        NEWEST_WINS,
        MANUAL,
        MERGE
    }

    /** What the log gets of a changed row. */
    public enum Capture {
        /** The row before and after. */
        FULL,
        /** Its key: half the cost, but no base to merge from. */
        KEYS
    }

    public SyncSettings {
        tableStrategies = Map.copyOf(tableStrategies);
    }

    /** The same with another direction and strategy; null leaves one as it is. */
    public SyncSettings with(SyncDirection otherDirection, Strategy otherStrategy) {
        return new SyncSettings(
                otherDirection == null ? direction : otherDirection,
                otherStrategy == null ? strategy : otherStrategy,
                interval,
                logRetentionDays,
                capture,
                otherStrategy == null ? tableStrategies : Map.of());
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
