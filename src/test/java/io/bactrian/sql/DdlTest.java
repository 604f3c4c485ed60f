package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import java.util.List;
import org.junit.jupiter.api.Test;

class DdlTest {
    @Test
    void movesTheFewestColumns() {
        assertThat(alter("`a` int,`b` int,`c` int,`d` int", "`d` int,`a` int,`b` int,`c` int"))
                .containsExactly("ALTER TABLE `t`\n  MODIFY COLUMN `d` int FIRST");
        assertThat(alter("`a` int,`b` int,`c` int", "`a` int,`x` int,`c` int,`b` bigint"))
                .containsExactly(
                        "ALTER TABLE `t`\n  ADD COLUMN `x` int AFTER `a`,\n  MODIFY COLUMN `c` int AFTER `x`,\n"
                                + "  MODIFY COLUMN `b` bigint");
    }

    @Test
    void buildsAgainOnlyTheKeysBehindTheFirstThatIsOutOfPlace() {
        String columns = "`a` int,`b` int,`c` int,";

        assertThat(
                        alter(
                                columns + "KEY `x` (`a`),KEY `z` (`c`)",
                                columns + "KEY `x` (`a`),KEY `y` (`b`),KEY `z` (`c`)"))
                .containsExactly(
                        "ALTER TABLE `t`\n  DROP INDEX `z`,\n  ADD KEY `y` (`b`),\n  ADD KEY `z` (`c`)");
    }

    @Test
    void makesAColumnAnewThatCannotBeModified() {
        assertThat(
                        alter(
                                "`a` int,`v` int GENERATED ALWAYS AS (`a`) VIRTUAL",
                                "`a` int,`v` int GENERATED ALWAYS AS (`a`) STORED"))
                .containsExactly(
                        "ALTER TABLE `t`\n  DROP COLUMN `v`,\n"
                                + "  ADD COLUMN `v` int GENERATED ALWAYS AS (`a`) STORED AFTER `a`");
    }

    @Test
    void writesNothingForEqualTables() {
        assertThat(alter("`a` int", "`a` int")).isEmpty();
    }

    private static List<String> alter(String actual, String wanted) {
        return Ddl.alter(table(wanted), TableDiff.between(table(actual), table(wanted)));
    }

    private static Table table(String items) {
        return CreateTableParser.parse(
                ServerKind.MYSQL, "CREATE TABLE `t` (" + items + ") ENGINE=InnoDB");
    }
}
