package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of one table by LOAD DATA LOCAL, from a stream. */
final class RowLoad {
    private final Table table;
    private final List<Codec> codecs;

    RowLoad(Table table) {
        this.table = table;
        this.codecs = table.writableColumns().stream().map(Codec::of).toList();
    }

    /** Sends all rows of a result to the target. */
    RowCopy.Sent rows(ResultSet rows, Connection target) throws SQLException {
        try (RowStream stream = new RowStream(rows, codecs)) {
            return new RowCopy.Sent(lines(stream, target), stream.mayHoldDecimals());
        }
    }

    /** Sends all lines of a stream to the target. */
    RowCopy.Carried lines(LineStream stream, Connection target) throws SQLException {
        RuntimeProperty<Boolean> mayAsk =
                target.unwrap(JdbcConnection.class)
                        .getPropertySet()
                        .getBooleanProperty(PropertyKey.allowLoadLocalInfile);
        // only while our own stream is what a server gets that asks for a file
        mayAsk.setValue(true);
        try (Statement s = target.createStatement()) {
            s.unwrap(JdbcStatement.class).setLocalInfileInputStream(stream);
            long stored = s.executeLargeUpdate(statement());
            boolean doubted = Stored.check(s, table, stored, stream.count());
            return new RowCopy.Carried(stored, stream.bytes(), doubted);
        } catch (SQLException e) {
            throw SourceFault.in(e).orElse(e);
        } finally {
            mayAsk.setValue(false);
        }
    }

    String statement() {
        List<String> fields = new ArrayList<>();
        List<String> set = new ArrayList<>();
        List<Column> columns = table.writableColumns();
        for (int i = 0; i < columns.size(); i++) {
            String name = quote(columns.get(i).name());
            String variable = "@v" + i;
            String value = codecs.get(i).loaded(variable);
            fields.add(value.equals(variable) ? name : variable);
            if (!value.equals(variable)) {
                set.add(name + " = " + value);
            }
        }
        return "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
                + quote(table.name())
                // any other character set converts, and destroys what is not text
                + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(", ", fields)
                + ")"
                + (set.isEmpty() ? "" : " SET " + String.join(", ", set));
    }
}
