package io.bactrian.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.BackupException;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import io.bactrian.sql.DumpFile.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFileTest {
    private static final Table TABLE =
            CreateTableParser.parse(
                    ServerKind.MYSQL,
                    "CREATE TABLE `t` (\n  `n` decimal(9,2) DEFAULT NULL,\n  `r` double DEFAULT NULL,\n"
                            + "  `s` varchar(9) DEFAULT NULL,\n  `b` blob,\n  `j` json DEFAULT NULL,\n"
                            + "  `g` int GENERATED ALWAYS AS (1) VIRTUAL\n"
                            + ") ENGINE=InnoDB DEFAULT CHARSET=latin1");
    private static final String INSERT = "INSERT INTO `t` (`n`,`r`,`s`,`b`,`j`) VALUES";

    private static DumpFile file(String sql) {
        return file(new ByteArrayInputStream(sql.getBytes(ISO_8859_1)));
    }

    private static DumpFile file(InputStream in) {
        return new DumpFile(in, "db.t.00000.sql", TABLE);
    }

    private static String lines(DumpFile file) throws IOException {
        return new String(file.lines().readAllBytes(), ISO_8859_1);
    }

    /** What LOAD DATA gets of one row. */
    private static String line(String row) throws IOException {
        DumpFile file = file(RowDump.HEAD + INSERT + "\n" + row + ";\n");
        assertThat(file.next()).isEqualTo(Part.ROWS);
        String line = lines(file);
        assertThat(file.next()).isEqualTo(Part.END);
        return line;
    }

    @Test
    void everyFormOfValueIsAField() throws IOException {
        assertThat(line("(-1.50,1e-7,'x',0x0041FF,_utf8mb4'{}')"))
                .isEqualTo("-1.50\t1e-7\tx\t\0A\u00ff\t{}\n");
        assertThat(line("(0,'-0','','',_utf8mb4'')")).isEqualTo("0\t-0\t\t\t\n");
        assertThat(line("(1,'-0.0',NULL,NULL,NULL)")).isEqualTo("1\t-0.0\t\\N\t\\N\t\\N\n");
        assertThat(line("(1,'-0.25',NULL,NULL,NULL)")).isEqualTo("1\t-0.25\t\\N\t\\N\t\\N\n");
        assertThat(line("(NULL,NULL,NULL,NULL,NULL)")).isEqualTo("\\N\t\\N\t\\N\t\\N\t\\N\n");
        assertThat(line("(1,-1.5e+300,'NULL',0x4E,_utf8mb4'null')"))
                .isEqualTo("1\t-1.5e+300\tNULL\tN\tnull\n");
    }

    @Test
    void escapesStayAsTheyAre() throws IOException {
        String escapes = "\\0\\n\\r\\t\\Z\\\\\\'\\\\N";
        assertThat(line("(1,1,'" + escapes + "',NULL,_utf8mb4'\"" + escapes + "\"')"))
                .isEqualTo("1\t1\t" + escapes + "\t\\N\t\"" + escapes + "\"\n");
    }

    @Test
    void bytesThatLoadDataWouldTakeForItsOwnAreEscaped() throws IOException {
        assertThat(line("(1,1,'),(\u0080\u00ff;\"`',0x095C0A4E0D00271A,NULL)"))
                .isEqualTo("1\t1\t),(\u0080\u00ff;\"`\t\\\t\\\\\\\nN\r\0'\u001a\t\\N\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1,1,'a',NULL)",
                "(1,1,'a',NULL,NULL,NULL)",
                "(1,1,'a',NULL,NULL),(1,1,'a',NULL,NULL)",
                "(1,1,'a',NULL,NULL) ON DUPLICATE KEY UPDATE n = 1",
                "(1, 1,'a',NULL,NULL)",
                "1,1,'a',NULL,NULL)",
                "(1,1,'a',NULL,NULL",
                "(1,1,'a,NULL,NULL)",
                "(1,1,'a'',NULL,NULL)",
                "(1,1,'a\\b',NULL,NULL)",
                "(1,1,'a\\N',NULL,NULL)",
                "(1,1,'a\t',NULL,NULL)",
                "(1,1,'a\0',NULL,NULL)",
                "(1,1,'a\r',NULL,NULL)",
                "(1,1,'a\u001a',NULL,NULL)",
                "(1,1,'a\n',NULL,NULL)",
                "(1,1,'a\\\n',NULL,NULL)",
                "(1,1,_utf8mb4'a',NULL,NULL)",
                "(1,1,0x41,NULL,NULL)",
                "(1,1,a,NULL,NULL)",
                "(1,1,'a',0x,NULL)",
                "(1,1,'a',0x4,NULL)",
                "(1,1,'a',0x4g,NULL)",
                "(1,1,'a',0xaa,NULL)",
                "(1,1,'a','b',NULL)",
                "(1,1,'a',NULL,'{}')",
                "(1,1,'a',NULL,_utf8mb3'{}')",
                "('1',1,'a',NULL,NULL)",
                "(1e5,1,'a',NULL,NULL)",
                "(1.,1,'a',NULL,NULL)",
                "(-,1,'a',NULL,NULL)",
                "(+1,1,'a',NULL,NULL)",
                "(1,1e,'a',NULL,NULL)",
                "(1,'0','a',NULL,NULL)",
                "(1,'-1','a',NULL,NULL)",
                "(1,'-0.','a',NULL,NULL)",
                "(1,'-0a','a',NULL,NULL)",
                "(1,'-0,'a',NULL,NULL)",
                "(,1,'a',NULL,NULL)",
                "(null,1,'a',NULL,NULL)",
                "()",
                ""
            })
    void whatIsNoRowOfTheTableIsRefusedByItsLine(String row) {
        assertThatThrownBy(() -> line("(1,1,'a',NULL,NULL),\n" + row))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("line 7 ")
                .satisfies(
                        e ->
                                assertThat(((BackupException) e).object())
                                        .isEqualTo("db.t.00000.sql"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO `u` (`n`,`r`,`s`,`b`,`j`) VALUES",
                "INSERT INTO `t` (`n`,`r`,`s`,`b`) VALUES",
                "INSERT INTO `t` (`n`,`r`,`s`,`j`,`b`) VALUES",
                "INSERT INTO `t` (`n`,`r`,`s`,`b`,`j`,`g`) VALUES",
                "INSERT IGNORE INTO `t` (`n`,`r`,`s`,`b`,`j`) VALUES",
                "DELETE FROM `u`;",
                "DROP TABLE `t`;"
            })
    void anotherStatementIsRefused(String head) {
        DumpFile file = file(RowDump.HEAD + head + "\n(1,1,'a',NULL,NULL);\n");
        assertThatThrownBy(file::next)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("line 5 ");
    }

    @Test
    void aFileWithoutItsHeadIsRefused() {
        assertThatThrownBy(() -> file(INSERT + "\n(1,1,'a',NULL,NULL);\n"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("line 1 ");
        assertThatThrownBy(() -> file("")).isInstanceOf(BackupException.class);
    }

    @Test
    void aFileOfNoRowsIsAtItsEnd() {
        assertThat(file(RowDump.HEAD).next()).isEqualTo(Part.END);
    }

    /** Wherever it is cut, but behind a statement, which only the count of rows shows. */
    @Test
    void aTornFileIsRefused() throws IOException {
        String rows = INSERT + "\n(1,1,'a',NULL,NULL),\n(2,2,'b;',0x00,NULL);\n";
        String whole = RowDump.HEAD + rows + rows;
        assertThat(lines(file(whole)).lines()).hasSize(4);
        for (int length = 0; length < whole.length(); length++) {
            String torn = whole.substring(0, length);
            if (!torn.equals(RowDump.HEAD) && !torn.equals(RowDump.HEAD + rows)) {
                assertThatThrownBy(
                                () -> {
                                    DumpFile file = file(torn);
                                    file.next();
                                    lines(file);
                                    file.next();
                                })
                        .as(torn)
                        .isInstanceOf(BackupException.class);
            }
        }
    }

    @Test
    void statementsThatFollowOneAnotherAreOneStream() throws IOException {
        String statement = INSERT + "\n(1,1,'a',NULL,NULL),\n(2,1,'b',NULL,NULL);\n";
        DumpFile file = file(RowDump.HEAD + statement.repeat(3));
        LineStream lines = file.lines();
        String once = "1\t1\ta\t\\N\t\\N\n2\t1\tb\t\\N\t\\N\n";
        assertThat(new String(lines.readAllBytes(), ISO_8859_1)).isEqualTo(once.repeat(3));
        assertThat(lines.count()).isEqualTo(6);
        assertThat(lines.bytes()).isEqualTo(3L * once.length());
    }

    @Test
    void theStreamEndsWhereAStatementMustBeExecuted() throws IOException {
        String delete = "DELETE FROM `t` WHERE (`a;\n` > 1 AND `b``` <= '2');\n";
        String expressions =
                INSERT
                        + RowDump.EXPRESSIONS
                        + "\n(1,1,'a',NULL,JSON_ARRAY(1.5e0)),\n(2,1,'b;\\n',NULL,JSON_ARRAY(2.50));\n";
        String plain = INSERT + "\n(3,1,'c',NULL,NULL);\n";
        DumpFile file = file(RowDump.HEAD + delete + plain + expressions + plain);

        assertThat(file.next()).isEqualTo(Part.DELETE);
        assertStatement(file.statement(), delete, 0);
        assertThat(file.next()).isEqualTo(Part.ROWS);
        assertThat(lines(file)).isEqualTo("3\t1\tc\t\\N\t\\N\n");
        assertThat(file.next()).isEqualTo(Part.EXPRESSIONS);
        assertStatement(file.statement(), expressions, 2);
        assertThat(file.next()).isEqualTo(Part.ROWS);
        assertStatement(file.statement(), plain, 1);
        assertThat(file.next()).isEqualTo(Part.END);
    }

    private static void assertStatement(DumpFile.Statement statement, String line, long rows) {
        assertThat(new String(statement.sql(), ISO_8859_1) + ";\n").isEqualTo(line);
        assertThat(statement.rows()).isEqualTo(rows);
    }

    @Test
    void aStatementToBeExecutedHoldsRowsOnly() {
        DumpFile file = file(RowDump.HEAD + INSERT + "\n(1,1,'a',NULL,NULL),\nSELECT 1;\n");
        assertThatThrownBy(file::statement)
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("line 7 ");
    }

    /** With reads that end anywhere. */
    @Test
    void rowsMayBeLargerThanTheBuffer() throws IOException {
        String large = "x".repeat(20 << 20);
        String rows =
                "(1,1,'a',NULL,NULL),\n(2,1,'" + large + "',0x41,NULL),\n(3,1,'b',NULL,NULL);\n";
        byte[] sql = (RowDump.HEAD + (INSERT + "\n" + rows).repeat(2)).getBytes(ISO_8859_1);
        InputStream dripping =
                new ByteArrayInputStream(sql) {
                    @Override
                    public synchronized int read(byte[] out, int offset, int length) {
                        return super.read(out, offset, Math.min(length, 65_537));
                    }
                };
        LineStream lines = file(dripping).lines();
        String expected = "1\t1\ta\t\\N\t\\N\n2\t1\t" + large + "\tA\t\\N\n3\t1\tb\t\\N\t\\N\n";
        byte[] once = expected.getBytes(ISO_8859_1);
        for (int i = 0; i < 2; i++) {
            assertThat(Arrays.equals(lines.readNBytes(once.length), once)).isTrue();
        }
        assertThat(lines.read()).isEqualTo(-1);
        assertThat(lines.count()).isEqualTo(6);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Corrupted block detected");
                    }
                };
        assertThatThrownBy(() -> file(broken))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("Corrupted block detected");
    }
}
