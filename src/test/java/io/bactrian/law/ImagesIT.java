package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.Settings;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.ExactJson;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncConflicts.Conflict;
import io.bactrian.sql.SyncConflicts.NewConflict;
import io.bactrian.sql.SyncRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row comes back whole from a conflict that holds it, whatever its types and its key are. */
class ImagesIT {
    private static final String[] KEYS = {
        "CREATE TABLE k_bit (k BIT(40) PRIMARY KEY)",
        "INSERT INTO k_bit VALUES (0), (b'1'), (1099511627775)",
        "CREATE TABLE k_big (k BIGINT UNSIGNED PRIMARY KEY)",
        "INSERT INTO k_big VALUES (0), (9223372036854775808), (18446744073709551615)",
        "CREATE TABLE k_decimal (k DECIMAL(30,4) PRIMARY KEY)",
        "INSERT INTO k_decimal VALUES (-1.5), (0), (12345678901234567890.1000)",
        "CREATE TABLE k_double (k DOUBLE PRIMARY KEY)",
        "INSERT INTO k_double VALUES (0.1), (-1e300), (5e-324), (100), (123456789.12345678)",
        "CREATE TABLE k_float (k FLOAT PRIMARY KEY)",
        "INSERT INTO k_float VALUES (1.234567), (1.234568), (0.1), (-3.4e38), (8)",
        "CREATE TABLE k_time (a DATE, b TIME(3), c DATETIME(6), d TIMESTAMP(6), e YEAR, PRIMARY KEY (a, b, c, d, e))",
        "INSERT INTO k_time VALUES ('2024-02-29', '-838:59:59.000', '9999-12-31 23:59:59.999999', '1970-01-01 00:00:01.000001', 0),"
                + " ('0000-00-00', '00:00:00.5', '0000-00-00', '2038-01-19 03:14:07', 2155)",
        "CREATE TABLE k_clock (k TIMESTAMP PRIMARY KEY)",
        "INSERT INTO k_clock VALUES ('2024-03-31 01:30:00'), ('2024-10-27 01:30:00')",
        "CREATE TABLE k_text (k VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY)",
        "INSERT INTO k_text VALUES (''), ('it''s \"q\" \\\\ \\n\\t'), (_utf8mb4 x'F09F90AB'), ('[1, 2]'), ('null'), ('é')",
        "CREATE TABLE k_latin (k VARCHAR(40) CHARACTER SET latin1 PRIMARY KEY)",
        "INSERT INTO k_latin VALUES ('a'), (_latin1 x'E9E4'), ('a b')",
        "CREATE TABLE k_bytes (k VARBINARY(20), f BINARY(4), PRIMARY KEY (k, f))",
        "INSERT INTO k_bytes VALUES ('', x'00000000'), (x'00FF5C27', 'ab'), (x'22', x'5B5D2C20')",
        "CREATE TABLE k_member (e ENUM('a', 'b\"c', ''), s SET('x', 'y,z', 'w'), i INT, PRIMARY KEY (e, s, i))"
                .replace("y,z", "y"),
        "INSERT INTO k_member VALUES ('a', '', -1), ('b\"c', 'x,w', 2), ('', 'x,y,w', 3)",
        "CREATE TABLE k_mixed (i INT, v VARCHAR(20), d DECIMAL(5,2), `o\"'` SMALLINT, PRIMARY KEY (v, `o\"'`, i, d))",
        "INSERT INTO k_mixed VALUES (1, 'a\"b\\\\', 1.50, -3), (-2147483648, 'ü\u2028', 0, 0)",
        "CREATE TABLE k_blob (t TEXT, b BLOB, n INT, PRIMARY KEY (t(20), b(20)))",
        "INSERT INTO k_blob VALUES ('tab\\t', x'0009', 1), ('', '', 2)",
    };

    @Test
    void everyValueAndEveryKeyComesBack() throws Exception {
        try (Twin twin = Twin.of("cf_images")) {
            String[] parts = script().split("-- rows\n");
            twin.onBoth(parts[0]);
            twin.onSource(parts[1]);
            for (String statement : KEYS) {
                if (statement.startsWith("CREATE")) {
                    twin.onBoth(statement);
                } else {
                    twin.onSource(statement);
                }
            }
            Settings s = twin.settings();
            try (Database one = Database.open(s.database("one"), 2, Duration.ofSeconds(10));
                    Database two = Database.open(s.database("two"), 2, Duration.ofSeconds(10));
                    Connection from = one.connect();
                    Connection to = two.connect()) {
                ControlTables.create(to);
                List<Table> tables =
                        List.copyOf(SchemaReader.read(from, twin.schema(), t -> true).tables());
                assertThat(tables).hasSizeGreaterThan(40);
                for (Table table : tables) {
                    carry(from, to, table);
                }
            }
        }
    }

    private static void carry(Connection from, Connection to, Table table) throws SQLException {
        SyncRows rows = new SyncRows(table, 1);
        Map<String, String> digests = rows.digests(from, Chunk.whole(0));
        assertThat(digests).as(table.name()).isNotEmpty();
        for (String id : digests.keySet()) {
            String image = rows.image(from, id);
            String as = table.name() + " " + id + " " + image;
            if (image == null) {
                // too large for an image; it is read from the table
                rows.insert(from, to, List.of(id));
                continue;
            }
            JsonNode kept = ExactJson.ofServer(kept(to, table, id, image));
            assertThat(rows.recordId(kept)).as(as).isEqualTo(id);
            rows.insert(to, rows.values(kept));
            assertThat(rows.find(to, rows.values(kept))).as(as).isEqualTo(id);
        }
        assertThat(rows.digests(to, Chunk.whole(0))).as(table.name()).isEqualTo(digests);
    }

    /** The image as a conflict gives it back. */
    private static String kept(Connection session, Table table, String id, String image)
            throws SQLException {
        SyncConflicts.add(
                session,
                List.of(
                        new NewConflict(
                                table.name(),
                                id,
                                SyncConflicts.Type.UPDATE_UPDATE,
                                null,
                                image,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "MANUAL",
                                null,
                                null,
                                null)));
        Conflict kept = SyncConflicts.list(session, true, table.name()::equals, 1).get(0);
        assertThat(kept.recordId()).isEqualTo(id);
        return kept.localData();
    }

    private static String script() throws IOException {
        try (InputStream in = ImagesIT.class.getResourceAsStream("types.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
