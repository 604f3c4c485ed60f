package io.bactrian.sql;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.result.Row;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rows of a streamed result, a row at a time. JDBC takes a lock and goes through a proxy for
 * each value; the driver's own rows do not.
 */
final class RawRows {
    private final ResultsetRows rows;
    private Row row;

    RawRows(ResultSet result) throws SQLException {
        rows = result.unwrap(ResultSetInternalMethods.class).getRows();
    }

    boolean next() throws SQLException {
        try {
            row = rows.next();
            return row != null;
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        }
    }

    /**
     * @param column from 0
     * @return null for NULL
     */
    byte[] value(int column) {
        return row.getBytes(column);
    }
}
