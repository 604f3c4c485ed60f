package io.bactrian.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.data.TableCopy;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.BackupException;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.law.Twin;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.Database;
import io.bactrian.sql.Digest;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.RowSource;
import io.bactrian.sql.TargetTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows come back from files written by hand, all of them and as they were, or not at all. */
class SavedRowsIT {
    private static final String HEAD =
            """
            /*!40101 SET NAMES binary*/;
            /*!40014 SET FOREIGN_KEY_CHECKS=0*/;
            /*!40103 SET TIME_ZONE='+00:00'*/;
            /*!40101 SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'*/;
            """;

    private static final String TABLE =
            """
            CREATE TABLE t (
              id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, big BIGINT, d DECIMAL(20,5), y YEAR, f FLOAT, r DOUBLE,
              day DATE, at DATETIME(6), late TIME(3), ts TIMESTAMP NULL,
              c CHAR(5), v VARCHAR(20) CHARACTER SET latin1, x TEXT CHARACTER SET gbk,
              b BINARY(3), vb VARBINARY(9), bl BLOB, bits BIT(9), g POINT,
              made INT AS (big + 1), j JSON, e ENUM('', 'a', '2'), s SET('x', 'y') INVISIBLE)
            """;

    private static final String INSERT =
            "INSERT INTO `t` (`id`,`big`,`d`,`y`,`f`,`r`,`day`,`at`,`late`,`ts`,`c`,`v`,`x`,`b`,`vb`,`bl`,`bits`,"
                    + "`g`,`j`,`e`,`s`) VALUES";

    private static final String POINT = "0x000000000101000000000000000000F03F0000000000000040";

    private static final String[] PARTS = {
        // the counter's 0, text whose bytes are no UTF-8, LOAD DATA's own bytes
        INSERT
                + "\n(0,-9223372036854775808,-1.50000,1901,1.2345670461654663,'-0','0000-00-00',"
                + "'2023-02-31 23:59:59.999999','-838:59:59.000','1970-01-01 00:00:01','a','\u00e4\\'\\\\\\n\\r\\t\\0\\Z',"
                + "'\u0081\\\\',0x000900,'',0x5C4E0A0D,0x015C,"
                + POINT
                + ",_utf8mb4'{\"a\": \"\\\\n\u00c3\u00a4\"}',1,3),\n"
                + "(1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);\n",
        INSERT
                + "\n(2,0,0.00000,0000,1e30,1.7976931348623157e308,'9999-12-31','0000-00-00 00:00:00.000000',"
                + "'00:00:00.000','2038-01-19 03:14:07','','','',0x202020,0x00,'',0x0000,NULL,_utf8mb4'null',0,0);\n"
                + INSERT
                + " /* JSON as expressions */\n(3,1,1.00000,2155,0.5,0.1,NULL,NULL,NULL,NULL,'\\\\N','NULL','\\\\',NULL,NULL,"
                + "NULL,NULL,NULL,CAST(JSON_OBJECT(_utf8mb4'it''s \u00c3\u00a4', CAST('1.50' AS DECIMAL(65,2)), _utf8mb4'd',"
                + " 10928588.983213553e0) AS JSON),3,1);\n"
    };

    private static final String[] ROWS = {
        "(0, -9223372036854775808, -1.5, 1901, 1.234567, -0e0, '0000-00-00', '2023-02-31 23:59:59.999999',"
                + " '-838:59:59', '1970-01-01 00:00:01', 'a', _latin1 x'E4275C0A0D09001A', _gbk x'815C', x'000900', '',"
                + " x'5C4E0A0D', 348, POINT(1, 2), JSON_OBJECT('a', '\\nä'), '', 'x,y')",
        "(1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        "(2, 0, 0, 0, 1e30, 1.7976931348623157e308, '9999-12-31', '0000-00-00', 0, '2038-01-19 03:14:07', '', '', '',"
                + " '   ', x'00', '', 0, NULL, 'null', 'nonsense', '')",
        "(3, 1, 1, 2155, 0.5, 0.1, NULL, NULL, NULL, NULL, '\\\\N', 'NULL', '\\\\', NULL, NULL, NULL, NULL, NULL,"
                + " JSON_OBJECT('it''s ä', 1.50, 'd', 10928588.983213553e0), '2', 'x')"
    };

    private static final Chunk[] RANGES = {
        new Chunk(0, List.of(), List.of("1"), 2), new Chunk(1, List.of("1"), List.of(), 2)
    };

    private static MySqlServer withoutLocalInfile;

    @TempDir Path folder;
    private Twin twin;
    private Database target;
    private Table table;

    /** How rows reach the target. */
    enum Way {
        LOAD_DATA,
        INSERT;

        Server target() {
            return this == INSERT ? withoutLocalInfile.address() : MySqlPair.shared().target();
        }
    }

    @BeforeAll
    static void launch() {
        withoutLocalInfile = MySqlServer.launch("--local-infile=OFF");
    }

    @AfterAll
    static void stop() {
        withoutLocalInfile.close();
    }

    /** The table on both sides, with rows in the source and one stale row in the target. */
    private void open(Way way) {
        twin = Twin.of("saved", way.target());
        twin.onBoth(TABLE);
        twin.onSource(INSERT.replace("VALUES", "VALUES ") + String.join(",", ROWS));
        twin.onTarget("INSERT INTO t (id, big) VALUES (2, 99)");
        target = Database.open(twin.settings().database("two"), 3, Duration.ofSeconds(10));
        table = target.with("t", c -> TargetTable.read(c, "t").orElseThrow());
        target.with(
                "t",
                c -> {
                    Metadata.create(c);
                    return null;
                });
    }

    @AfterEach
    void close() {
        target.close();
        twin.close();
    }

    @ParameterizedTest
    @CsvSource({"LOAD_DATA, ZSTD", "LOAD_DATA, GZIP", "LOAD_DATA, NONE", "INSERT, ZSTD"})
    void everyValueComesBack(Way way, Compression compression) throws IOException {
        open(way);
        copy(backup(compression, PARTS));

        twin.assertSameRows();
        assertThat(twin.rows(twin.target(), "t")).hasSize(ROWS.length);
    }

    /** What a copy of a table does, its chunks one after the other. */
    private void copy(RowSource rows) {
        TableCopy copy = new TableCopy(rows, target, 1 << 20);
        TableStats small = new TableStats("InnoDB", 4, 16_384, 0, 100);
        TableCopy.Work work = new TableCopy.Work(table, small, List.of(), List.of());
        copy.prepare(work, false).forEach(chunk -> copy.chunk(table, chunk));
        copy.finish(table);
    }

    private RowSource backup(Compression compression, String... parts) throws IOException {
        List<SavedPart> saved = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            String file = "db.t.0000" + i + ".sql" + Packing.suffix(compression);
            try (OutputStream out =
                    Packing.pack(Files.newOutputStream(folder.resolve(file)), compression)) {
                out.write((HEAD + parts[i]).getBytes(ISO_8859_1));
            }
            Digest.Rows digest = digest(RANGES[i]);
            saved.add(
                    new SavedPart(
                            file,
                            RANGES[i],
                            digest.count(),
                            HEAD.length() + parts[i].length(),
                            digest.xor(),
                            digest.sum()));
        }
        Manifest sample = SampleBackup.manifest("20261122-080000-ab12", "db", true);
        Manifest.SavedTable only = sample.tables().get(0);
        return new SavedRows(
                folder,
                new Manifest(
                        sample.format(),
                        sample.id(),
                        sample.origin(),
                        sample.reason(),
                        sample.runId(),
                        sample.startedAt(),
                        sample.finishedAt(),
                        compression,
                        sample.scope(),
                        sample.moment(),
                        sample.charset(),
                        sample.collation(),
                        List.of(
                                new Manifest.SavedTable(
                                        "t", only.create(), only.stats(), only.rowsOf(), saved)),
                        List.of(),
                        List.of()),
                target);
    }

    private Digest.Rows digest(Chunk range) {
        try (Database source =
                Database.open(twin.settings().database("one"), 1, Duration.ofSeconds(10))) {
            return source.with("t", c -> new Digest(table).of(c, range));
        }
    }

    @Test
    void aTableWithoutPartsIsEmpty() throws IOException {
        open(Way.LOAD_DATA);
        copy(backup(Compression.NONE));
        assertThat(twin.rows(twin.target(), "t")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatReplacesRowsDeletesThemFirst(Way way) throws IOException, SQLException {
        open(way);
        twin.onTarget("INSERT INTO t (id, big) VALUES (0, 98), (1, 97)");
        RowSource rows =
                backup(
                        Compression.NONE,
                        PARTS[0],
                        "DELETE FROM `t` WHERE (`id` > 1);\n" + PARTS[1]);
        target.with("t", c -> rows.carry(table, RANGES[1], c));

        assertThat(twin.read(twin.target(), "SELECT CONCAT(id, ' ', big) FROM t ORDER BY id"))
                .containsExactly("0 98", "1 97", "2 0", "3 1");
    }

    @ParameterizedTest
    @EnumSource
    void theSessionIsLeftAsItWas(Way way) throws IOException, SQLException {
        open(way);
        twin.onTarget("DELETE FROM t");
        RowSource rows = backup(Compression.NONE, PARTS);
        try (Connection c = target.connect()) {
            String before = session(c);
            rows.carry(table, RANGES[1], c);
            assertThat(session(c)).isEqualTo(before);
        }
    }

    private static String session(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r =
                        s.executeQuery(
                                "SELECT CONCAT_WS(' ', @@character_set_client, @@character_set_connection,"
                                        + " @@collation_connection, @@sql_mode, @@time_zone)")) {
            r.next();
            return r.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // way, in which part, what, becomes what, and the complaint
        "LOAD_DATA, 0, '(1,NULL', '(0,NULL', 'the target took 1 of 2 rows'",
        "INSERT, 0, '(1,NULL', '(0,NULL', 'Duplicate entry'",
        "LOAD_DATA, 1, '(2,', '(3,', 'Duplicate entry'",
        "LOAD_DATA, 0, ',3),', ',3);', 'line 7 is no statement for the rows of this table'",
        "LOAD_DATA, 0, 'NULL);', 'NULL)', 'line 7 is not a row'",
        "LOAD_DATA, 0, 'NULL,NULL);', 'NULL);', 'line 7 is not a row'",
        "INSERT, 0, 'NULL);', 'NULL)', 'line 7 is not a row'",
        "INSERT, 0, 'NULL,NULL);', 'NULL);', 'Column count'"
    })
    void nothingIsCommittedOfADamagedFile(
            Way way, int part, String what, String becomes, String complaint) throws IOException {
        open(way);
        String[] damaged = PARTS.clone();
        damaged[part] = damaged[part].replace(what, becomes);
        RowSource rows = backup(Compression.NONE, damaged);
        assertThatThrownBy(() -> copy(rows))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining(complaint);

        assertThat(
                        twin.one(
                                twin.target(),
                                "SELECT COUNT(*) FROM t WHERE id " + (part == 0 ? "<= 1" : "> 1")))
                .isEqualTo("0");
        // its session is fit for the next
        copy(backup(Compression.NONE, PARTS));
        twin.assertSameRows();
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatTheTargetBendsIsNotCommitted(Way way) throws IOException {
        open(way);
        twin.onTarget("DELETE FROM t", "ALTER TABLE t MODIFY d DECIMAL(20,0)");
        TableCopy copy = new TableCopy(backup(Compression.NONE, PARTS), target, 1 << 20);
        assertThatThrownBy(() -> copy.chunk(table, RANGES[0]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the target changed values it was sent");
        assertThat(twin.rows(twin.target(), "t")).isEmpty();
    }

    @Test
    void rowsThatAreMissingAreCounted() throws IOException {
        open(Way.LOAD_DATA);
        RowSource rows =
                backup(
                        Compression.NONE,
                        PARTS[0],
                        PARTS[1].substring(0, PARTS[1].lastIndexOf("INSERT")));
        assertThatThrownBy(() -> copy(rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("db.t.00001.sql holds 1 rows and not the 2 that were saved");
    }

    @Test
    void aFileThatIsGoneOrCannotBeUnpackedIsNamed() throws IOException {
        open(Way.LOAD_DATA);
        RowSource rows = backup(Compression.ZSTD, PARTS);
        Path file = folder.resolve("db.t.00000.sql.zst");
        byte[] packed = Files.readAllBytes(file);
        packed[packed.length / 2] ^= 1;
        Files.write(file, packed);
        assertNamed(rows, file);

        Files.write(file, Arrays.copyOf(packed, packed.length / 2));
        assertNamed(rows, file);

        Files.delete(file);
        assertNamed(rows, file);
        assertThat(twin.rows(twin.target(), "t")).isEmpty();
    }

    private void assertNamed(RowSource rows, Path file) {
        assertThatThrownBy(() -> copy(rows))
                .isInstanceOfSatisfying(
                        BackupException.class,
                        e -> assertThat(e.object()).isEqualTo(file.toString()));
    }
}
