package io.bactrian.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | bigint",
                "int unsigned | bigint",
                "tinyint | smallint",
                "int | double",
                "int | decimal(12,2)",
                "decimal(10,2) | decimal(12,4)",
                "float | double",
                "varchar(10) | varchar(11)",
                "char(5) | varchar(5)",
                "varchar(60) | tinytext",
                "text | mediumtext",
                "binary(3) | varbinary(3)",
                "blob | longblob",
                "datetime(3) | datetime(6)",
                "date | datetime",
                "enum('a','b') | enum('b','x','a')",
                "bit(3) | bit(5)",
                "point | geometry",
                "enum('a','bcd') | varchar(3)",
                "year | smallint",
                "tinyint(1) | tinyint"
            })
    void wideningLosesNothing(String from, String to) {
        assertThat(losses(from, to)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | int",
                "int unsigned | int",
                "int | int unsigned",
                "bigint | double",
                "int | decimal(10,2)",
                "decimal(10,2) | decimal(10,1)",
                "decimal(12,4) | decimal(12,5)",
                "double | float",
                "varchar(10) | varchar(9)",
                "varchar(5) | char(5)",
                "varchar(64) | tinytext",
                "text | varchar(100)",
                "varbinary(3) | binary(3)",
                "binary(3) | binary(4)",
                "datetime(6) | datetime(3)",
                "datetime | date",
                "datetime | timestamp",
                "enum('a','b') | enum('a')",
                "set('a','b') | set('b')",
                "bit(5) | bit(3)",
                "geometry | point",
                "text | blob",
                "varchar(10) | int",
                "int | varchar(5)",
                "double | double(5,2)",
                "int | date"
            })
    void narrowingIsSaid(String from, String to) {
        assertThat(losses(from, to))
                .singleElement()
                .asString()
                .contains("column c")
                .contains(to)
                .contains(from);
    }

    @Test
    void aCharacterSetThatCannotHoldAllIsSaid() {
        assertThat(
                        losses(
                                column("varchar(5)", "utf8mb4", null),
                                column("varchar(5)", "latin1", null)))
                .containsExactly(
                        "column c: character set latin1 cannot hold every text in utf8mb4");
        assertThat(
                        losses(
                                column("varchar(5)", "latin1", null),
                                column("varchar(5)", "utf8mb4", null)))
                .isEmpty();
    }

    @Test
    void aColumnThatNoLongerTakesNullIsSaid() {
        assertThat(losses(column("int", null, null), column("int", null, "NOT NULL")))
                .containsExactly("column c no longer takes NULL");
        assertThat(losses(column("int", null, "NOT NULL"), column("int", null, null))).isEmpty();
    }

    @Test
    void aDroppedColumnIsSaid() {
        Table actual = table(column("int", null, null));
        Table wanted =
                new Table(
                        ServerKind.MYSQL,
                        "t",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null,
                        null);

        assertThat(Loss.of(actual, wanted, List.of(new Change.DropColumn(actual.column("c")))))
                .containsExactly("column c is dropped with its values");
    }

    private static List<String> losses(String from, String to) {
        return losses(column(from, null, null), column(to, null, null));
    }

    private static List<String> losses(Column from, Column to) {
        return Loss.of(table(from), table(to), List.of(new Change.ModifyColumn(from, to, null)));
    }

    private static Table table(Column column) {
        return new Table(
                ServerKind.MYSQL,
                "t",
                List.of(column),
                List.of(),
                List.of(),
                List.of(),
                Map.of("DEFAULT CHARSET", "utf8mb4"),
                null,
                null);
    }

    private static Column column(String type, String charset, String nullability) {
        return new Column(
                "c",
                type,
                charset,
                null,
                null,
                false,
                nullability,
                null,
                null,
                false,
                false,
                null,
                null,
                null);
    }
}
