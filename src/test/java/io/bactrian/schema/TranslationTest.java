package io.bactrian.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.StructureException;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.CreateTablePrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {
    private static final String MYSQL_END =
            "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

    private static Table of(ServerKind kind, String items) {
        return CreateTableParser.parse(kind, "CREATE TABLE `t` (\n  " + items + MYSQL_END);
    }

    private static String translated(ServerKind from, ServerKind to, String items) {
        String text = CreateTablePrinter.print(Translation.of(of(from, items), to));
        assertThat(text).startsWith("CREATE TABLE `t` (\n  ").endsWith(MYSQL_END);
        return text.substring(text.indexOf("\n  ") + 3, text.indexOf("\n) "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "`c` int NOT NULL|`c` int(11) NOT NULL",
                "`c` smallint unsigned DEFAULT '3'|`c` smallint(5) unsigned DEFAULT 3",
                "`c` bigint(12) unsigned zerofill DEFAULT NULL|`c` bigint(12) unsigned zerofill DEFAULT NULL",
                "`c` tinyint(1) DEFAULT '-1'|`c` tinyint(1) DEFAULT -1",
                "`c` year DEFAULT '2000'|`c` year(4) DEFAULT 2000",
                "`c` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)|`c` datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3)",
                "`c` timestamp NULL DEFAULT CURRENT_TIMESTAMP|`c` timestamp NULL DEFAULT current_timestamp()",
                "`c` varchar(9) COLLATE utf8mb4_bin DEFAULT 'it''s'|`c` varchar(9) DEFAULT 'it''s'",
                "`c` char(3) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL|`c` char(3) CHARACTER SET latin1 COLLATE latin1_swedish_ci DEFAULT NULL",
                "`c` text COLLATE utf8mb4_bin|`c` text DEFAULT NULL",
                "`c` text COLLATE utf8mb4_bin DEFAULT (_utf8mb4'x')|`c` text DEFAULT 'x'",
                "`c` geomcollection DEFAULT NULL|`c` geometrycollection DEFAULT NULL",
                "`c` int DEFAULT ((1 + (2 * 3)))|`c` int(11) DEFAULT (1 + 2 * 3)",
                "`c` varchar(36) COLLATE utf8mb4_bin DEFAULT (uuid())|`c` varchar(36) DEFAULT uuid()",
                "`c` int DEFAULT '7' /*!80023 INVISIBLE */|`c` int(11) INVISIBLE DEFAULT 7",
                "`c` int GENERATED ALWAYS AS (((`a` + 1) * 2)) STORED|`c` int(11) GENERATED ALWAYS AS ((`a` + 1) * 2) STORED",
            })
    void aColumnIsToldInTheOtherWordsAndBack(String mySql, String mariaDb) {
        assertThat(translated(ServerKind.MYSQL, ServerKind.MARIADB, mySql)).isEqualTo(mariaDb);
        assertThat(translated(ServerKind.MARIADB, ServerKind.MYSQL, mariaDb)).isEqualTo(mySql);
    }

    @Test
    void jsonOfMariaDbIsTextWithACheckOfTheTable() {
        String mariaDb =
                "`j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`))";
        assertThat(translated(ServerKind.MARIADB, ServerKind.MYSQL, mariaDb))
                .isEqualTo(
                        "`j` longtext COLLATE utf8mb4_bin,\n  CONSTRAINT `t_j` CHECK (json_valid(`j`))");
        assertThat(translated(ServerKind.MYSQL, ServerKind.MARIADB, "`j` json DEFAULT NULL"))
                .isEqualTo(mariaDb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`c` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci DEFAULT NULL",
                "`c` varchar(9) CHARACTER SET tis620 DEFAULT NULL",
                "`c` point NOT NULL /*!80003 SRID 4326 */",
                "`c` binary(2) DEFAULT 0x00FF",
                "`c` double DEFAULT (sin(1))",
                "`c` int GENERATED ALWAYS AS ((`a` % 2)) VIRTUAL",
                "`c` int GENERATED ALWAYS AS (1) VIRTUAL NOT NULL",
                "`c` vector(3) DEFAULT NULL",
                "`c` int /*!50606 STORAGE DISK */ DEFAULT NULL",
            })
    void whatMariaDbDoesNotHaveIsNamed(String column) {
        assertThatThrownBy(() -> Translation.of(of(ServerKind.MYSQL, column), ServerKind.MARIADB))
                .isInstanceOf(StructureException.class)
                .hasMessageContaining("no equal in MariaDB")
                .hasMessageContaining("t.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`c` uuid DEFAULT NULL",
                "`c` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci DEFAULT NULL",
                "`c` varchar(9) /*M!100301 COMPRESSED*/ DEFAULT NULL",
                // a byte that is no character is printed as a question mark
                "`c` binary(2) DEFAULT '?'",
                "`c` int(11) DEFAULT NULL CHECK (sin(`c`) > 0)",
            })
    void whatMySqlDoesNotHaveIsNamed(String column) {
        assertThatThrownBy(() -> Translation.of(of(ServerKind.MARIADB, column), ServerKind.MYSQL))
                .isInstanceOf(StructureException.class)
                .hasMessageContaining("no equal in MySQL")
                .hasMessageContaining("t.c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "((`a` > 1) and ((`b` <> _utf8mb4'x') or (`c` is null)))|`a` > 1 and (`b` <> 'x' or `c` is null)",
                "((`a` - (`b` - 1)) = (`c` / 2))|`a` - (`b` - 1) = `c` / 2",
                "(not((`a` like _utf8mb4'#%')))|`a`  not like '#%'",
                "(`a` not in (1,2))|`a` not in (1,2)",
                "(`a` between 1 and (`b` + 1))|`a` between 1 and `b` + 1",
                "(length(concat(`a`,lower(`b`))) < 9)|octet_length(concat(`a`,lcase(`b`))) < 9",
            })
    void anExpressionIsToldInTheOtherWordsAndBack(String mySql, String mariaDb) {
        assertThat(Expression.translate(mySql, ServerKind.MARIADB)).contains(mariaDb);
        assertThat(Expression.translate(mariaDb, ServerKind.MYSQL)).contains(mySql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "`a` +", "sin(`a`)", "_binary'x'", "`a` regexp 'x'", "'a\\'"})
    void anExpressionThatIsNotKnownIsNotGuessed(String text) {
        assertThat(Expression.translate(text, ServerKind.MARIADB)).isEmpty();
    }
}
