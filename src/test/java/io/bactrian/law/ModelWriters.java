package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Applications that go on writing on both sides while a round runs, each rows of its own: nobody
 * disputes them, so that what was written last is what both sides must have.
 */
final class ModelWriters {
    /** Keys and values of their rows begin here, far from those of all other moves. */
    static final int FIRST = 1_000_000;

    private static final int KEYS = 3;

    /**
     * Deadlock, and a lock that somebody has for longer than one waits: the row stays as it was.
     */
    private static final List<Integer> NOT_NOW = List.of(1213, 1205);

    private final String table;
    private final long seed;
    private final Map<Integer, Integer> last = new TreeMap<>();
    private final List<CompletableFuture<Map<Integer, Integer>>> writing = new ArrayList<>();
    private int keys = FIRST;
    private volatile boolean ending;
    private volatile boolean killing;

    ModelWriters(ModelShape shape, long seed) {
        this.table = shape.tables().get(0).name();
        this.seed = seed;
    }

    /** Whether a row may have nothing but a number as its key, and {@code v}. */
    static boolean fit(ModelShape shape) {
        return switch (shape) {
            case CASELESS, COMPOSITE, BINARY, UNIQUES -> false;
            default -> true;
        };
    }

    /**
     * Begins to write on rows that no stage had before.
     *
     * @param killing whether sessions of the round are killed meanwhile
     */
    void begin(Duo duo, boolean killing) {
        ending = false;
        this.killing = killing;
        for (Connection side : List.of(duo.local(), duo.remote())) {
            int first = keys;
            keys += KEYS;
            writing.add(CompletableFuture.supplyAsync(() -> write(side, first)));
        }
    }

    /** Ends what {@link #begin} began. Returns how many rows were left. */
    int end() {
        ending = true;
        try {
            writing.forEach(w -> last.putAll(w.join()));
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            writing.clear();
        }
        return (int) last.values().stream().filter(v -> v != null).count();
    }

    private Map<Integer, Integer> write(Connection session, int first) {
        Random random = new Random(seed + first);
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection side = session;
                Statement s = side.createStatement()) {
            s.execute("SET innodb_lock_wait_timeout = 2");
            for (int v = FIRST; !ending; v++) {
                int key = first + random.nextInt(KEYS);
                Integer old = rows.get(key);
                boolean deletes = old != null && random.nextInt(3) == 0;
                try {
                    s.execute(
                            (old == null
                                            ? "INSERT INTO %1$s (id, v) VALUES (%2$d, %3$d)"
                                            : deletes
                                                    ? "DELETE FROM %1$s WHERE id = %2$d"
                                                    : "UPDATE %1$s SET v = %3$d WHERE id = %2$d")
                                    .formatted(table, key, v));
                    rows.put(key, deletes ? null : (Integer) v);
                } catch (SQLException e) {
                    if (!NOT_NOW.contains(e.getErrorCode())
                            && !(killing && TestServers.isHalfRead(e))) {
                        throw new CompletionException(e);
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    /**
     * What was written last is there, and what was deleted last is not; of the last stage alone.
     */
    void check(Connection side) throws SQLException {
        if (last.isEmpty()) {
            return;
        }
        Map<Integer, Integer> found = new TreeMap<>();
        try (Statement s = side.createStatement();
                ResultSet r =
                        s.executeQuery("SELECT id, v FROM " + table + " WHERE id >= " + FIRST)) {
            while (r.next()) {
                found.put(r.getInt(1), r.getInt(2));
            }
        }
        last.forEach(
                (key, v) ->
                        assertThat(found.get(key))
                                .as("%s %d, written while a round ran", table, key)
                                .isEqualTo(v));
        last.clear();
    }
}
