package io.bactrian.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Session variables set for a while; closing puts the old values back. */
final class SessionVariables implements AutoCloseable {
    private final Connection connection;
    private final Map<String, Object> old;

    private SessionVariables(Connection connection, Map<String, Object> old) {
        this.connection = connection;
        this.old = old;
    }

    /**
     * @param values variable to value, a string or a number
     */
    static SessionVariables set(Connection connection, Map<String, ?> values) throws SQLException {
        Map<String, Object> old = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(values.keySet());
        String select =
                names.stream()
                        .map(n -> "@@SESSION." + n)
                        .collect(Collectors.joining(", ", "SELECT ", ""));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            row.next();
            for (int i = 0; i < names.size(); i++) {
                old.put(names.get(i), row.getObject(i + 1));
            }
        }
        assign(connection, values);
        return new SessionVariables(connection, old);
    }

    private static void assign(Connection connection, Map<String, ?> values) throws SQLException {
        String set =
                values.keySet().stream()
                        .map(n -> "SESSION " + n + " = ?")
                        .collect(Collectors.joining(", ", "SET ", ""));
        try (PreparedStatement statement = connection.prepareStatement(set)) {
            int i = 1;
            for (Object value : values.values()) {
                statement.setObject(i++, value);
            }
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            assign(connection, old);
        }
    }
}
