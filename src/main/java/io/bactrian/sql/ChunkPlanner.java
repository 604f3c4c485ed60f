package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a table by its row key into chunks of about the wanted size. Where the key begins with an
 * integer, its span is halved until the optimizer's index dives (EXPLAIN reads no rows) find each
 * part small enough; whatever has another key, or too many rows on one integer, is paged through
 * its index, which reads keys in the server and sends only the boundaries.
 */
public final class ChunkPlanner {
    /** A plan is kept in memory and in one control row; larger tables get larger chunks. */
    private static final int MOST_CHUNKS = 4000;

    /** Estimates are rough: some parts may well look as large as the whole. */
    private static final int MOST_BLIND_DIVES = 64;

    private static final Set<String> INTEGERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

    private final Connection session;
    private final Table table;
    private final KeyRange key;
    private final long wanted;
    private final List<Chunk> chunks = new ArrayList<>();
    private int blindDives;

    private ChunkPlanner(Connection session, Table table, long rowsPerChunk) {
        this.session = session;
        this.table = table;
        this.key = new KeyRange(table);
        this.wanted = Math.max(1, rowsPerChunk);
    }

    /**
     * The chunks of a table, in key order; they cover every key there can be.
     *
     * @param rows rows of the table as the server estimates them
     * @param rowsPerChunk rows wanted in each; a table of up to twice as many stays whole
     */
    public static List<Chunk> plan(Connection session, Table table, long rows, long rowsPerChunk)
            throws SQLException {
        long size = Math.max(rowsPerChunk, rows / MOST_CHUNKS);
        if (rows <= 2 * size || !new KeyRange(table).exists()) {
            return List.of(Chunk.whole(rows));
        }
        ChunkPlanner planner = new ChunkPlanner(session, table, size);
        return planner.beginsWithInteger() ? planner.halve(rows) : planner.walk(Chunk.whole(rows));
    }

    /**
     * The chunks of a table, in key order; they cover every key there can be.
     *
     * @param chunkBytes size they should have
     */
    public static List<Chunk> plan(
            Connection session, Table table, TableStats stats, long chunkBytes)
            throws SQLException {
        long rows = Math.max(1, chunkBytes / Math.max(1, stats.rowBytes()));
        return plan(session, table, stats.rows(), rows);
    }

    /** Splits one chunk into parts of {@code rowsPerPart} rows by paging through the key. */
    public static List<Chunk> split(Connection session, Table table, Chunk chunk, long rowsPerPart)
            throws SQLException {
        return new ChunkPlanner(session, table, rowsPerPart).walk(chunk);
    }

    private boolean beginsWithInteger() {
        return INTEGERS.contains(key.columns().get(0).typeName());
    }

    private List<Chunk> halve(long rows) throws SQLException {
        Column first = key.columns().get(0);
        String name = quote(first.name());
        try (Statement s = session.createStatement();
                ResultSet r =
                        s.executeQuery(
                                "SELECT MIN(" + name + "), MAX(" + name + ") FROM " + key.from())) {
            r.next();
            if (r.getString(1) == null) {
                return List.of(Chunk.whole(rows));
            }
            BigInteger low = new BigInteger(r.getString(1)).subtract(BigInteger.ONE);
            List<Span> spans = new ArrayList<>();
            return cut(name, new Span(low, new BigInteger(r.getString(2)), rows), spans)
                    ? chunksOf(merged(spans))
                    : walk(Chunk.whole(rows));
        }
    }

    /** Integers above {@code after}, up to {@code upTo}. */
    private record Span(BigInteger after, BigInteger upTo, long rows) {
        boolean isOneValue() {
            return upTo.subtract(after).equals(BigInteger.ONE);
        }
    }

    /**
     * @return false where the server takes every part for the whole, as with a small {@code
     *     range_optimizer_max_mem_size}: halving would go on down to single numbers
     */
    private boolean cut(String name, Span span, List<Span> out) throws SQLException {
        if (span.rows <= wanted + wanted / 2 || span.isOneValue()) {
            return out.add(span);
        }
        BigInteger middle = span.after.add(span.upTo).shiftRight(1);
        Span low = new Span(span.after, middle, estimate(name, span.after, middle));
        Span high = new Span(middle, span.upTo, estimate(name, middle, span.upTo));
        if (Math.min(low.rows, high.rows) >= span.rows && ++blindDives > MOST_BLIND_DIVES) {
            return false;
        }
        return cut(name, low, out) && cut(name, high, out);
    }

    private long estimate(String name, BigInteger after, BigInteger upTo) throws SQLException {
        String sql =
                // 9.7 draws a tree if it is not told otherwise, and does not dive into an index
                // that it
                // is forced to use
                "EXPLAIN FORMAT=TRADITIONAL SELECT "
                        + name
                        + " FROM "
                        + key.fromUsing()
                        + " WHERE "
                        + name
                        + " > "
                        + after
                        + " AND "
                        + name
                        + " <= "
                        + upTo;
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return r.next() ? r.getLong("rows") : 0;
        }
    }

    private List<Span> merged(List<Span> spans) {
        List<Span> out = new ArrayList<>();
        for (Span span : spans) {
            Span last = out.isEmpty() ? null : out.get(out.size() - 1);
            if (last != null && last.rows + span.rows <= wanted + wanted / 4) {
                out.set(out.size() - 1, new Span(last.after, span.upTo, last.rows + span.rows));
            } else {
                out.add(span);
            }
        }
        return out;
    }

    /** The first and last chunk are open towards the ends: a row may appear there at any time. */
    private List<Chunk> chunksOf(List<Span> spans) throws SQLException {
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            List<String> after = i == 0 ? List.of() : bound(span.after);
            List<String> upTo = i == spans.size() - 1 ? List.of() : bound(span.upTo);
            Chunk chunk = new Chunk(chunks.size(), after, upTo, span.rows);
            if (span.isOneValue() && key.columns().size() > 1 && span.rows > 2 * wanted) {
                walk(chunk);
            } else {
                chunks.add(chunk);
            }
        }
        return List.copyOf(chunks);
    }

    private static List<String> bound(BigInteger value) {
        return List.of(value.toString());
    }

    private List<Chunk> walk(Chunk range) throws SQLException {
        List<String> after = range.after();
        while (true) {
            List<String> next = page(new Chunk(0, after, range.upTo(), 0));
            if (next == null) {
                chunks.add(new Chunk(chunks.size(), after, range.upTo(), wanted));
                return List.copyOf(chunks);
            }
            chunks.add(new Chunk(chunks.size(), after, next, wanted));
            after = next;
        }
    }

    /** The key {@code wanted} rows on, or null where the range ends before. */
    private List<String> page(Chunk rest) throws SQLException {
        String sql =
                "SELECT "
                        + key.selected()
                        + " FROM "
                        + key.from()
                        + key.where(rest)
                        + key.orderBy()
                        + " LIMIT 1 OFFSET "
                        + (wanted - 1);
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            return r.next() ? key.read(r) : null;
        }
    }
}
