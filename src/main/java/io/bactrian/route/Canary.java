package io.bactrian.route;

import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import io.bactrian.sql.CanaryTable;
import io.bactrian.sql.Database;
import io.bactrian.sql.Reader;
import io.bactrian.sql.RowCopy;
import io.bactrian.state.CanaryLog;
import io.bactrian.verify.ChunkComparison;
import io.bactrian.verify.Finding;
import io.bactrian.verify.Naming;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a row of every type's extremes from a source to a target and back, as a copy does, and
 * compares as verify does. Its tables are temporary: they go with the sessions, however these end.
 */
public final class Canary implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
    private static final int BATCH = 100;
    private static final int SHOWN_ROWS = 10;
    private static final Set<Integer> NOT_ALLOWED = Set.of(1044, 1142, 1227);

    /** A type that does not come back as it was. */
    public record Refused(String type, String reason) {}

    /**
     * How it went.
     *
     * @param types how many were sent
     * @param refused those that did not come back
     * @param settings of both servers' sessions, not as they should be
     * @param leftOut why it was not sent, or null
     */
    public record Report(
            int types,
            double seconds,
            List<Refused> refused,
            List<String> settings,
            String leftOut) {

        /** What changes values: a setting, or what is no server's. */
        public String cause() {
            return settings.isEmpty()
                    ? "no setting of the servers tells why: look at what stands between, such as a proxy"
                    : "mend the setting: " + String.join("; ", settings);
        }
    }

    /** One session that sees its own table. */
    private record Side(Database database, Connection session) implements Reader {
        static Side of(Database database) {
            return new Side(database, database.connect());
        }

        @Override
        public <T> T read(String object, Database.Work<T> work) {
            try {
                return work.run(session);
            } catch (SQLException e) {
                throw database.translate(object, e);
            }
        }

        <T> T run(Database.Work<T> work) {
            return read(CanaryTable.NAME, work);
        }

        /** Ends the session, and its table with it. */
        void end() {
            database.evict(session);
        }
    }

    private final Side first;
    private final Side there;
    private final Side back;
    private final Table table;

    /** Makes the tables, and fills the first. */
    private Canary(Database source, Database target) throws LeftOut {
        first = Side.of(source);
        there = Side.of(target);
        back = Side.of(source);
        try {
            create(first);
            create(there);
            create(back);
            Table filled = first.run(CanaryTable::fill);
            boolean oneKind = source.server().dialect().kind() == target.server().dialect().kind();
            table = oneKind ? filled : CanaryTable.withoutJson(filled);
            if (source.server().dialect().printsMinusZero()
                    != target.server().dialect().printsMinusZero()) {
                first.run(
                        c -> {
                            CanaryTable.forgetMinusZero(c);
                            return null;
                        });
            }
        } catch (LeftOut | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Sends it if these two servers have not met, as the log knows.
     *
     * @param logs the folder of the logs
     * @throws DataException if a type does not come back
     */
    public static void firstContact(Database source, Database target, Path logs) {
        CanaryLog log = new CanaryLog(logs);
        CanaryLog.Pair pair =
                new CanaryLog.Pair(
                        source.server().uuid(),
                        source.server().version(),
                        target.server().uuid(),
                        target.server().version());
        if (log.knows(pair)) {
            return;
        }
        Report report = send(source, target);
        if (!report.refused().isEmpty()) {
            Refused first = report.refused().get(0);
            throw new DataException(
                    report.refused().stream().map(Refused::type).collect(Collectors.joining(", ")),
                    "does not come back bit for bit from " + target.name() + ": " + first.reason(),
                    report.cause());
        }
        if (report.leftOut() != null) {
            LOG.warn("not tried whether every type comes back bit for bit: {}", report.leftOut());
        }
        log.add(pair, report.types(), report.leftOut());
    }

    /** Sends it. */
    public static Report send(Database source, Database target) {
        long began = System.nanoTime();
        try {
            List<Column> types;
            try (Canary whole = new Canary(source, target)) {
                List<Column> columns = whole.table.columns();
                types = columns.subList(1, columns.size());
                if (whole.difference(whole.table) == null) {
                    return new Report(types.size(), seconds(began), List.of(), List.of(), null);
                }
            }
            List<Refused> refused = refused(source, target, types);
            List<String> settings = new ArrayList<>();
            if (!refused.isEmpty()) {
                settings.addAll(suspects(source));
                settings.addAll(suspects(target));
            }
            return new Report(types.size(), seconds(began), refused, settings, null);
        } catch (LeftOut e) {
            return new Report(0, seconds(began), List.of(), List.of(), e.getMessage());
        }
    }

    /**
     * Which types it is: each is sent alone, in sessions of its own, for a server may end one over
     * what it was sent. None if they now come back, which a lost connection explains.
     */
    private static List<Refused> refused(Database source, Database target, List<Column> types)
            throws LeftOut {
        List<Refused> refused = new ArrayList<>();
        for (Column type : types) {
            try (Canary one = new Canary(source, target)) {
                String reason = one.difference(CanaryTable.only(one.table, type));
                if (reason != null) {
                    refused.add(new Refused(type.type(), reason));
                }
            }
        }
        if (refused.isEmpty()) {
            try (Canary again = new Canary(source, target)) {
                String reason = again.difference(again.table);
                if (reason != null) {
                    refused.add(new Refused("a row of all types", reason));
                }
            }
        }
        return refused;
    }

    private static List<String> suspects(Database database) {
        return database.with(database.name(), CanaryTable::suspects).stream()
                .map(s -> database.name() + ": " + s)
                .toList();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** The account may not make the table. */
    private static final class LeftOut extends Exception {
        LeftOut(String message) {
            super(message);
        }
    }

    private static void create(Side side) throws LeftOut {
        try {
            CanaryTable.create(side.session());
        } catch (SQLException e) {
            if (NOT_ALLOWED.contains(e.getErrorCode())) {
                throw new LeftOut(
                        "the account of "
                                + side.database().name()
                                + " lacks CREATE TEMPORARY TABLES");
            }
            throw side.database().translate(CanaryTable.NAME, e);
        }
    }

    /** Sends rows there and back. Returns what is wrong with them then, or null. */
    private String difference(Table columns) {
        try {
            carry(columns, first, there);
            String wrong = compare(columns, there);
            if (wrong != null) {
                return wrong;
            }
            carry(columns, there, back);
            return compare(columns, back);
        } catch (ReplicationException e) {
            return e.getMessage();
        }
    }

    private static void carry(Table table, Side from, Side to) {
        from.run(
                reader ->
                        new RowCopy(table, BATCH, to.database())
                                .chunk(reader, to.session(), Chunk.whole(SHOWN_ROWS)));
    }

    private String compare(Table columns, Side second) {
        Finding finding =
                new ChunkComparison(
                                first,
                                second,
                                Runnable::run,
                                columns,
                                new Naming(SHOWN_ROWS, false))
                        .compare(Chunk.whole(SHOWN_ROWS), leaf -> {});
        return finding.equal()
                ? null
                : "in "
                        + second.database().name()
                        + " "
                        + finding.rows().stream()
                                .map(r -> "row " + String.join(",", r.key()) + " is " + r.kind())
                                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        first.end();
        there.end();
        back.end();
    }
}
