package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ConnectionException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class MySqlPairIT {

    private final MySqlPair pair = MySqlPair.shared();

    @Test
    void givesTwoDifferentServers() {
        assertThat(query(pair.source(), "", "SELECT @@server_uuid"))
                .isNotEqualTo(query(pair.target(), "", "SELECT @@server_uuid"));
        assertThat(query(pair.source(), "", "SELECT @@server_id"))
                .isNotEqualTo(query(pair.target(), "", "SELECT @@server_id"));
    }

    @Test
    void givesServersThatLoadLocalFilesWriteABinlogAndLetTriggersBeMade() {
        for (Server server : new Server[] {pair.source(), pair.target()}) {
            assertThat(
                            query(
                                    server,
                                    "",
                                    "SELECT CONCAT(@@local_infile, @@log_bin, @@log_bin_trust_function_creators)"))
                    .isEqualTo("111");
        }
    }

    @Test
    void givesEachTestASchemaOfItsOwnOnBothServers() {
        String first = pair.createSchema("fx_pair");
        String second = pair.createSchema("fx_pair");
        pair.source().execute(first, "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2)");

        assertThat(query(pair.source(), first, "SELECT COUNT(*) FROM t")).isEqualTo("2");
        assertThat(query(pair.source(), second, "SHOW TABLES")).isEmpty();
        assertThat(query(pair.target(), first, "SHOW TABLES")).isEmpty();
    }

    @Test
    void reportsAnErrorOfALaterStatementInAScript() {
        String schema = pair.createSchema("fx_pair");
        assertThatThrownBy(
                        () ->
                                pair.target()
                                        .execute(
                                                schema,
                                                "CREATE TABLE t (a INT); INSERT INTO u VALUES (1)"))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(schema + ".u");
    }

    @Test
    void connectsToASchemaOfAnOddName() {
        String odd = pair.createSchema("fx_pair") + " a/b?c=`d'%é";
        String quoted = "`" + odd.replace("`", "``") + "`";
        pair.source().execute("", "CREATE SCHEMA " + quoted);
        try {
            assertThat(query(pair.source(), odd, "SELECT DATABASE()")).isEqualTo(odd);
        } finally {
            pair.source().execute("", "DROP SCHEMA " + quoted);
        }
    }

    @Test
    void isTheSameForTheWholeJvm() {
        assertThat(MySqlPair.shared()).isSameAs(pair);
    }

    static String query(Server server, String schema, String sql) {
        try (Connection connection = server.connect(schema);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
