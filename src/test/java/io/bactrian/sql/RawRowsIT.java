package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MySqlPair;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in the packets of a server: where their lengths change form, and how they may end. */
class RawRowsIT {
    private static final int ROWS = 20_000;

    /** So many that they are not all under way when the first is read. */
    private static final String MANY =
            "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + ROWS
                    + ") SELECT /*+ SET_VAR(cte_max_recursion_depth = 100000) */ i, REPEAT('x', 500)";

    private Connection server;

    @BeforeEach
    void connect() throws SQLException {
        server = MySqlPair.shared().source().connect("");
    }

    @AfterEach
    void close() throws SQLException {
        server.close();
    }

    @Test
    void valuesComeWithAnyLength() throws SQLException {
        List<Integer> lengths =
                List.of(0, 1, 250, 251, 252, 65_535, 65_536, 65_537, 200_000, 3_000_000);
        String sql =
                lengths.stream()
                        .map(n -> "REPEAT('y', " + n + ")")
                        .collect(Collectors.joining(", ", "SELECT NULL, ", ", NULL, 'end'"));

        List<String> row = all(sql + " UNION ALL " + sql).get(1);

        assertThat(row.get(0)).isNull();
        assertThat(row.subList(1, row.size() - 2).stream().map(String::length))
                .containsExactlyElementsOf(lengths);
        assertThat(row.subList(row.size() - 2, row.size())).containsExactly(null, "end");
    }

    /** A packet of 16 MB - 1 is followed by another one, be it empty. */
    @ParameterizedTest
    @ValueSource(ints = {16_777_210, 16_777_211, 16_777_212, 16_777_216, 33_554_430, 40_000_000})
    void rowsComeInSeveralPackets(int length) throws SQLException {
        List<List<String>> rows =
                all("SELECT REPEAT('z', " + length + "), 'a' UNION ALL SELECT 'b', 'c'");

        assertThat(rows.get(0).get(0)).hasSize(length).matches("z+");
        assertThat(rows.get(0).get(1)).isEqualTo("a");
        assertThat(rows.get(1)).containsExactly("b", "c");
    }

    @Test
    void thereMayBeNone() throws SQLException {
        assertThat(all("SELECT 1 FROM DUAL WHERE FALSE")).isEmpty();
        assertThat(all("SELECT 1")).containsExactly(List.of("1"));
    }

    @Test
    void anErrorBehindRowsIsTheServersAndLeavesTheSessionUsable() throws SQLException {
        // the last row alone asks two rows for one value
        String sql = MANY + ", IF(i = " + ROWS + ", (SELECT 1 UNION SELECT 2), 0) FROM n";

        assertThatThrownBy(() -> all(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1242));

        assertThat(all("SELECT 1")).hasSize(1);
    }

    @Test
    void whoStopsHalfWayLeavesTheSessionUsable() throws SQLException {
        try (Statement s = streaming();
                ResultSet result = s.executeQuery(MANY + " FROM n");
                RawRows rows = new RawRows(result)) {
            assertThat(rows.next()).isTrue();
            assertThat(new String(rows.value(0), StandardCharsets.US_ASCII)).isEqualTo("1");
        }

        assertThat(all(MANY + " FROM n")).hasSize(ROWS);
        assertThat(all("SELECT 1")).hasSize(1);
    }

    @Test
    void aLostConnectionIsToldAsOne() throws SQLException {
        long id;
        try (Statement s = server.createStatement();
                ResultSet r = s.executeQuery("SELECT CONNECTION_ID()")) {
            r.next();
            id = r.getLong(1);
        }
        Statement s = streaming();
        ResultSet result = s.executeQuery(MANY + " FROM n, (SELECT 1 UNION SELECT 2) AS twice");
        RawRows rows = new RawRows(result);
        assertThat(rows.next()).isTrue();
        try (Connection other = MySqlPair.shared().source().connect("");
                Statement kill = other.createStatement()) {
            kill.execute("KILL " + id);
        }

        ThrowingCallable rest =
                () -> {
                    while (rows.next()) {
                        assertThat(rows.length(1)).isEqualTo(500);
                    }
                };

        assertThatThrownBy(rest)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e ->
                                assertThat(SqlErrors.translate("local", "rows", e).isTransient())
                                        .isTrue());
    }

    private List<List<String>> all(String sql) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        try (Statement s = streaming();
                ResultSet result = s.executeQuery(sql);
                RawRows rows = new RawRows(result)) {
            int columns = result.getMetaData().getColumnCount();
            while (rows.next()) {
                String[] row = new String[columns];
                for (int i = 0; i < columns; i++) {
                    byte[] value = rows.value(i);
                    row[i] = value == null ? null : new String(value, StandardCharsets.US_ASCII);
                }
                all.add(Arrays.asList(row));
            }
        }
        return all;
    }

    private Statement streaming() throws SQLException {
        Statement s =
                server.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        s.setFetchSize(Integer.MIN_VALUE);
        return s;
    }
}
