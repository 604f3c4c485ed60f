package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of one table by their record ids: looked at, locked, carried from one session to
 * another, taken away. Whether two ids mean the same row is the server's to say, so that all looks
 * give the ids as the rows have them.
 */
public final class SyncRows {
    private static final Set<String> INTEGERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> MOMENTS = Set.of("timestamp", "datetime");

    private final Table table;
    private final RecordId id;
    private final List<Column> columns;
    private final RowInsert insert;
    private final RowInsert upsert;

    public SyncRows(Table table, int batchSize) {
        this.table = table;
        this.id = new RecordId(table);
        this.columns = table.writableColumns();
        this.insert = new RowInsert(table, batchSize);
        this.upsert = insert.overwriting();
    }

    public Table table() {
        return table;
    }

    /** The column that counts a row's versions, if the table has one. */
    public Optional<Column> version() {
        return named("version", INTEGERS);
    }

    /** The column that tells when a row was written, if the table has one. */
    public Optional<Column> lastModified() {
        return named("last_modified", MOMENTS);
    }

    /** The values of a row's JSON as SQL expressions that store them. */
    public Map<Column, String> values(JsonNode image) {
        return new RowImage(table).values(image);
    }

    /** The record id of a row's JSON. */
    public String recordId(JsonNode image) {
        return id.ofImage(image);
    }

    /** The columns written but these two. */
    public List<Column> contentColumns() {
        Set<Column> left = counters();
        return columns.stream().filter(c -> !left.contains(c)).toList();
    }

    private Set<Column> counters() {
        Set<Column> counters = new LinkedHashSet<>();
        version().ifPresent(counters::add);
        lastModified().ifPresent(counters::add);
        return counters;
    }

    /** Whether two record ids may mean the same row. */
    public boolean idsVary() {
        return table.primaryKey().orElseThrow().columns().stream()
                .map(table::column)
                .map(Codec::of)
                .anyMatch(c -> c == Codec.TEXT || c == Codec.LARGE || c == Codec.REAL);
    }

    private Optional<Column> named(String name, Set<String> types) {
        return columns.stream()
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(name))
                .filter(c -> types.contains(c.typeName()))
                .findFirst();
    }

    /**
     * Locks the rows that nobody else is at, and gives their digests. Those that somebody is at are
     * not waited for.
     */
    public Map<String, String> lock(Connection session, Collection<String> records)
            throws SQLException {
        return digests(session, new Digest(table).ofRow(), records, " FOR UPDATE SKIP LOCKED");
    }

    /** The rows' digests. */
    public Map<String, String> digests(Connection session, Collection<String> records)
            throws SQLException {
        return digests(session, new Digest(table).ofRow(), records, "");
    }

    /** One digest of all of them. */
    public Digest.Rows digest(Connection session, Collection<String> records) throws SQLException {
        return new Digest(table).of(session, from(records));
    }

    /** Their digests without {@code version} and {@code last_modified}. */
    public Map<String, String> contents(Connection session, Collection<String> records)
            throws SQLException {
        return digests(session, new Digest(table).ofRowWithout(counters()), records, "");
    }

    private Map<String, String> digests(
            Connection session, String digest, Collection<String> records, String tail)
            throws SQLException {
        return records.isEmpty()
                ? new LinkedHashMap<>()
                : texts(session, "SELECT " + id.of(null) + ", " + digest + from(records) + tail);
    }

    /** Texts by record ids. */
    private static Map<String, String> texts(Connection session, String sql) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                found.put(r.getString(1), r.getString(2));
            }
        }
        return found;
    }

    /** The digests of all rows of a range, which must be small. */
    public Map<String, String> digests(Connection session, Chunk range) throws SQLException {
        return texts(
                session,
                "SELECT "
                        + id.of(null)
                        + ", "
                        + new Digest(table).ofRow()
                        + " FROM "
                        + id.from()
                        + new KeyRange(table).where(range));
    }

    /** Which of the rows are there, whoever is at them. */
    public Set<String> seen(Connection session, Collection<String> records) throws SQLException {
        return records.isEmpty() ? Set.of() : ids(session, "SELECT " + id.of(null) + from(records));
    }

    static Set<String> ids(Connection session, String sql) throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                found.add(r.getString(1));
            }
        }
        return found;
    }

    private String from(Collection<String> records) {
        return " FROM " + id.from() + id.whereIn(records);
    }

    /** A row as JSON, or null if it is not there. */
    public String image(Connection session, String record) throws SQLException {
        String sql = "SELECT " + new RowImage(table).of(null) + from(List.of(record));
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return r.next() ? r.getString(1) : null;
        }
    }

    /** Rows as JSON by their record ids; left out are those longer than {@code most}. */
    public Map<String, String> images(Connection session, Collection<String> records, int most)
            throws SQLException {
        if (records.isEmpty()) {
            return Map.of();
        }
        return texts(
                session,
                "SELECT `record`, image FROM (SELECT "
                        + id.of(null)
                        + " AS `record`, "
                        + new RowImage(table).of(null)
                        + " AS image"
                        + from(records)
                        + ") i WHERE LENGTH(image) <= "
                        + most);
    }

    /**
     * Carries rows to where none of them is.
     *
     * @return how many there were to carry
     */
    public long insert(Connection from, Connection to, Collection<String> records)
            throws SQLException {
        return carry(from, to, records, insert);
    }

    /**
     * Carries rows to where each of them is and is locked by {@code to}: then the primary key is
     * what an INSERT meets first, and a clash on another unique key is an error and not another
     * row's end.
     */
    public long update(Connection from, Connection to, Collection<String> records)
            throws SQLException {
        return carry(from, to, records, upsert);
    }

    private long carry(Connection from, Connection to, Collection<String> records, RowInsert how)
            throws SQLException {
        if (records.isEmpty()) {
            return 0;
        }
        RowCopy.Sent sent = send(from, to, records, how);
        if (sent.mayHoldDecimals()) {
            String where = id.whereIn(records);
            rewrite(from, to, ids(from, JsonDecimals.select(table, id.of(null), where)));
        }
        return sent.carried().rows();
    }

    private RowCopy.Sent send(
            Connection from, Connection to, Collection<String> records, RowInsert how)
            throws SQLException {
        try (Statement s = Streaming.of(from);
                ResultSet rows = s.executeQuery(select(records))) {
            return how.rows(rows, to);
        } catch (SourceFault e) {
            throw e.read();
        }
    }

    private String select(Collection<String> records) {
        return columns.stream()
                .map(c -> Codec.of(c).selected(c))
                .collect(Collectors.joining(", ", "SELECT ", from(records)));
    }

    /**
     * UPDATE would not do: to it a JSON 1.50 is 1.5, and nothing to be written. The rows were there
     * a moment ago, so their parents are.
     */
    private void rewrite(Connection from, Connection to, Collection<String> records)
            throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        unchecked(
                to,
                () -> {
                    delete(to, records);
                    send(from, to, records, insert.keepingDecimals());
                });
    }

    /**
     * Takes rows out that will be put in again in the same transaction: what refers to them stays.
     */
    public void takeOut(Connection session, Collection<String> records) throws SQLException {
        unchecked(session, () -> delete(session, records));
    }

    /** Statements to which the server is not to apply foreign keys. */
    @FunctionalInterface
    public interface Unchecked {
        void run() throws SQLException;
    }

    /**
     * Runs what leaves each row with its parents when all of it is done, though not before.
     * Cascades do not happen meanwhile.
     */
    public static void unchecked(Connection session, Unchecked work) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute("SET SESSION foreign_key_checks = 0");
            try {
                work.run();
            } finally {
                s.execute("SET SESSION foreign_key_checks = 1");
            }
        }
    }

    /** Deletes rows; those that are not there are no error. */
    public long delete(Connection session, Collection<String> records) throws SQLException {
        if (records.isEmpty()) {
            return 0;
        }
        try (Statement s = session.createStatement()) {
            return s.executeLargeUpdate("DELETE FROM " + quote(table.name()) + id.whereIn(records));
        }
    }

    /** Inserts one row; the values are SQL expressions. */
    public void insert(Connection session, Map<Column, String> values) throws SQLException {
        String names =
                values.keySet().stream()
                        .map(c -> quote(c.name()))
                        .collect(Collectors.joining(", "));
        try (Statement s = session.createStatement()) {
            s.executeUpdate(
                    "INSERT INTO "
                            + quote(table.name())
                            + " ("
                            + names
                            + ") VALUES ("
                            + String.join(", ", values.values())
                            + ")");
        }
    }

    /** The id of the row that has these key values, or null if there is none. */
    public String find(Connection session, Map<Column, String> values) throws SQLException {
        List<String> equal = new ArrayList<>();
        for (String name : table.primaryKey().orElseThrow().columns()) {
            Column column = table.column(name);
            if (!values.containsKey(column)) {
                return null;
            }
            equal.add(quote(name) + " = " + values.get(column));
        }
        Set<String> found =
                ids(
                        session,
                        "SELECT "
                                + id.of(null)
                                + " FROM "
                                + id.from()
                                + " WHERE "
                                + String.join(" AND ", equal));
        return found.stream().findFirst().orElse(null);
    }

    /** Sets columns of one row; the values are SQL expressions. */
    public void set(Connection session, String record, Map<Column, String> values)
            throws SQLException {
        set(session, List.of(record), values);
    }

    /** The same of many rows, which get the same values. */
    public void set(Connection session, Collection<String> records, Map<Column, String> values)
            throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        String assignments =
                values.entrySet().stream()
                        .map(e -> quote(e.getKey().name()) + " = " + e.getValue())
                        .collect(Collectors.joining(", "));
        try (Statement s = session.createStatement()) {
            s.executeUpdate(
                    "UPDATE " + quote(table.name()) + " SET " + assignments + id.whereIn(records));
        }
    }

    /** See {@link UniqueRivals}. */
    public Set<String> rivals(Connection from, Connection to, String record) throws SQLException {
        return new UniqueRivals(this).of(from, to, record);
    }
}
