package io.bactrian.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** The tables that sync keeps in both databases, made by {@code sql/create_tables.sql}. */
public final class ControlTables {
    private ControlTables() {}

    /** Makes all of them where they are missing. Ends the session's transaction. */
    public static void create(Connection session) throws SQLException {
        run(session, script());
    }

    /** Makes the one that copies need, too. */
    static void createMetadata(Connection session) throws SQLException {
        run(session, script().stream().filter(s -> s.contains(" sync_metadata ")).toList());
    }

    private static void run(Connection session, List<String> statements) throws SQLException {
        try (Statement s = session.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
            }
        }
    }

    private static List<String> script() {
        try (InputStream in = ControlTables.class.getResourceAsStream("/sql/create_tables.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(";\\s*\n")).filter(s -> !s.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
