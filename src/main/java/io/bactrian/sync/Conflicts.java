package io.bactrian.sync;

import io.bactrian.error.ConfigException;
import io.bactrian.error.DataException;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncConflicts.Conflict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The conflicts of a pair, which are kept in both databases. */
public final class Conflicts {
    /** A conflict and the side it is kept on. */
    public record Kept(Side side, Conflict conflict) {}

    private final Sides sides;

    public Conflicts(Sides sides) {
        this.sides = sides;
    }

    /** Conflicts of all tables. */
    public List<Kept> list(boolean waiting, int limit) {
        return list(waiting, t -> true, limit);
    }

    /**
     * Conflicts of both sides, newest first.
     *
     * @param waiting only those that wait for a decision
     * @param tables which tables' are wanted
     * @param limit how many at most
     */
    public List<Kept> list(boolean waiting, Predicate<String> tables, int limit) {
        List<Kept> all = new ArrayList<>();
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            database.with(
                            database.name(),
                            c -> {
                                requireControlTables(ControlTables.exist(c), database.name());
                                return SyncConflicts.list(c, waiting, tables, limit);
                            })
                    .forEach(c -> all.add(new Kept(side, c)));
        }
        all.sort(
                Comparator.comparing((Kept k) -> k.conflict().detectedAt())
                        .reversed()
                        .thenComparing(k -> k.conflict().id()));
        return all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
    }

    /**
     * @throws ConfigException if there is none of that number
     */
    public Kept get(long id) {
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            var found =
                    database.with(
                            database.name(),
                            c -> {
                                requireControlTables(ControlTables.exist(c), database.name());
                                return SyncConflicts.get(c, id);
                            });
            if (found.isPresent()) {
                return new Kept(side, found.get());
            }
        }
        throw new ConfigException(
                "conflict " + id,
                "is not known",
                "`bactrian conflicts list` shows those there are");
    }

    private static void requireControlTables(boolean there, String database) {
        if (!there) {
            throw new DataException(
                    database, "is not set up for sync", "run `bactrian sync setup`");
        }
    }
}
