package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Law Y12: a round costs what its changes cost, however large and however many the tables are. */
class RoundCostIT {
    private static final int CHANGES = 50;

    /** What both servers did. */
    private record Cost(long statements, long rows) {}

    @Test
    void growsWithTheChangesAndNotWithTheRows() {
        Cost small = cost("cost_small", 1, 1_000, CHANGES);
        Cost large = cost("cost_large", 1, 100_000, CHANGES);
        Cost busy = cost("cost_busy", 1, 1_000, 10 * CHANGES);

        assertThat(large.statements()).as("statements").isCloseTo(small.statements(), within(10));
        assertThat(large.rows()).as("rows read").isLessThan(small.rows() * 3 / 2);
        assertThat(busy.rows())
                .as("rows read for ten times the changes")
                .isGreaterThan(small.rows() * 2);
    }

    @Test
    void doesNotGrowWithTheTables() {
        Cost few = cost("cost_few", 3, 10, 3);
        Cost many = cost("cost_many", 120, 10, 3);

        assertThat(many.statements()).as("statements").isCloseTo(few.statements(), within(10));
    }

    private static Offset<Long> within(long statements) {
        return Offset.offset(statements);
    }

    /** Of a round that carries some changes of one table. */
    private static Cost cost(String schema, int tables, int rows, int changes) {
        String[] ddl =
                IntStream.range(0, tables)
                        .mapToObj(
                                i ->
                                        "CREATE TABLE t"
                                                + i
                                                + " (id INT PRIMARY KEY, v INT, w VARCHAR(40))")
                        .toArray(String[]::new);
        try (Duo duo = Duo.of(schema, ddl)) {
            String fill =
                    "SET @bactrian_origin = 'test', cte_max_recursion_depth = 1000000;"
                            + " INSERT INTO t0 WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                            + rows
                            + ") SELECT i, i, 'x' FROM n";
            duo.atLocal(fill).atRemote(fill);
            duo.round();
            duo.atLocal("UPDATE t0 SET v = v + 1 WHERE id <= " + changes);
            Cost before = now(duo);
            assertThat(duo.round().converged()).isTrue();
            Cost after = now(duo);
            return new Cost(after.statements() - before.statements(), after.rows() - before.rows());
        }
    }

    private static Cost now(Duo duo) {
        String query =
                "SELECT SUM(IF(variable_name = 'Questions', variable_value, 0)), SUM(IF(variable_name IN ('Innodb_rows_read', 'Rows_read'), variable_value, 0))"
                        + " FROM performance_schema.global_status";
        List<Long> sums =
                List.of(duo.askLocal(query).get(0), duo.askRemote(query).get(0)).stream()
                        .flatMap(List::stream)
                        .map(v -> (long) Double.parseDouble(v))
                        .toList();
        return new Cost(sums.get(0) + sums.get(2), sums.get(1) + sums.get(3));
    }
}
