package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Queries whose rows are read as they arrive; Connector/J else holds all of them. */
final class Streaming {
    private Streaming() {}

    /** Its session does nothing else until the last row is read or it is closed. */
    static Statement of(Connection session) throws SQLException {
        Statement statement =
                session.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(Integer.MIN_VALUE);
        return statement;
    }
}
