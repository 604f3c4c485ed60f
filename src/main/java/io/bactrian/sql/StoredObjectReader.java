package io.bactrian.sql;

import io.bactrian.error.StructureException;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.StoredObject.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Reads views, routines, triggers and events of the session's schema. */
final class StoredObjectReader {
    private static final String ROUTINES =
            """
            SELECT routine_name, routine_type
            FROM   information_schema.routines
            WHERE  routine_schema = ?
            ORDER BY routine_type, routine_name
            """;
    private static final String EVENTS =
            """
            SELECT event_name
            FROM   information_schema.events
            WHERE  event_schema = ?
            ORDER BY event_name
            """;
    private static final String TRIGGERS =
            """
            SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_order,
                   definer, sql_mode, character_set_client, collation_connection, %s
            FROM   information_schema.triggers
            WHERE  trigger_schema = ?
            ORDER BY event_object_table, action_timing, event_manipulation, action_order
            """;

    private final Connection connection;
    private final String schema;
    private final Set<String> names;
    private OwnNames own;

    /**
     * @param names names of the schema's tables and views
     */
    StoredObjectReader(Connection connection, String schema, Set<String> names) {
        this.connection = connection;
        this.schema = schema;
        this.names = new HashSet<>(names);
    }

    List<StoredObject> read(List<String> views, Predicate<String> tables) throws SQLException {
        List<String[]> routines = query(ROUTINES, 2);
        routines.forEach(r -> names.add(r[0]));
        own = new OwnNames(schema, names);
        List<StoredObject> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String[] routine : routines) {
                objects.add(show(statement, Type.valueOf(routine[1]), routine[0]));
            }
            for (String view : views) {
                objects.add(show(statement, Type.VIEW, view));
            }
            for (String[] trigger :
                    query(TRIGGERS.formatted(Dialect.of(connection).triggerBody()), 10)) {
                if (tables.test(trigger[3]) && !CaptureTriggers.isGenerated(trigger[0])) {
                    objects.add(trigger(statement, trigger));
                }
            }
            for (String[] event : query(EVENTS, 1)) {
                objects.add(show(statement, Type.EVENT, event[0]));
            }
        }
        return objects;
    }

    private List<String[]> query(String sql, int columns) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String[] values = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = row.getString(i + 1);
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private StoredObject show(Statement statement, Type type, String name) {
        String object = schema + "." + name;
        try (ResultSet row =
                statement.executeQuery("SHOW CREATE " + type + " " + Names.quote(name))) {
            row.next();
            String text =
                    row.getString(type == Type.VIEW ? "Create View" : "Create " + title(type));
            if (text == null) {
                throw new StructureException(
                        object,
                        "the account may not read the body of this " + type,
                        "grant SHOW_ROUTINE, or SELECT on *.*, to the account on that server");
            }
            if (type == Type.VIEW && hasNamelessColumn(text)) {
                throw new StructureException(
                        object,
                        "has a column whose name the server lost, and what it prints of the view it cannot read:"
                                + " it leaves out the control characters that an alias begins with",
                        "make the view again with another alias, or leave it out with --tables");
            }
            Definition definition = Definition.of(text);
            return new StoredObject(
                    type,
                    name,
                    definition.definer(),
                    own.unqualify(definition.create()),
                    type == Type.VIEW ? null : row.getString("sql_mode"),
                    row.getString("character_set_client"),
                    row.getString("collation_connection"),
                    type == Type.EVENT ? row.getString("time_zone") : null,
                    null);
        } catch (SQLException e) {
            throw DdlErrors.translate(object, e);
        }
    }

    private static boolean hasNamelessColumn(String text) {
        int end;
        for (int at = 0; at < text.length(); at = end) {
            end = OwnNames.endOfToken(text, at);
            if (text.substring(at, end).equals("``")) {
                return true;
            }
        }
        return false;
    }

    private static String title(Type type) {
        return type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private StoredObject trigger(Statement statement, String[] t) {
        String moment = t[1] + " " + t[2];
        String head = head(t[0], moment, t[3]);
        String create = "CREATE " + head + trim(own.unqualify(body(statement, t, head)));
        int at = t[5].lastIndexOf('@');
        String definer = account(t[5].substring(0, at), t[5].substring(at + 1));
        StoredObject.Trigger place = new StoredObject.Trigger(t[3], moment, Integer.parseInt(t[4]));
        return new StoredObject(Type.TRIGGER, t[0], definer, create, t[6], t[7], t[8], null, place);
    }

    /** A trigger's statement from its second word to its body, as the server writes it. */
    static String head(String name, String moment, String table) {
        return "TRIGGER "
                + Names.quote(name)
                + " "
                + moment
                + " ON "
                + Names.quote(table)
                + " FOR EACH ROW ";
    }

    /**
     * What follows {@code head}, which MySQL writes itself. Its information_schema has the body
     * with the quotes inside of strings no longer doubled (8.0).
     */
    private String body(Statement statement, String[] trigger, String head) {
        String name = trigger[0];
        if (trigger[9] != null) {
            return trigger[9];
        }
        String object = schema + "." + name;
        try (ResultSet row = statement.executeQuery("SHOW CREATE TRIGGER " + Names.quote(name))) {
            row.next();
            String text = String.valueOf(row.getString("SQL Original Statement"));
            int at = text.indexOf(head);
            if (at < 0) {
                throw new StructureException(
                        object,
                        "the trigger cannot be read: " + text,
                        "leave its table out with --tables");
            }
            return text.substring(at + head.length());
        } catch (SQLException e) {
            throw DdlErrors.translate(object, e);
        }
    }

    private static String account(String user, String host) {
        return Names.quote(user) + "@" + Names.quote(host);
    }

    /**
     * Without the semicolon that stays in the body if the object was made by one of several
     * statements sent at once.
     */
    private static String trim(String text) {
        String stripped = text.strip();
        return stripped.endsWith(";")
                ? trim(stripped.substring(0, stripped.length() - 1))
                : stripped;
    }

    /** A CREATE statement and the account that was taken out of it. */
    private record Definition(String definer, String create) {
        static Definition of(String text) {
            String clause = " DEFINER=";
            int start = text.indexOf(clause);
            int user = start + clause.length();
            int at = SqlCursor.endOfQuoted(text, user);
            int end = SqlCursor.endOfQuoted(text, at + 1);
            // in double quotes for a routine made under ANSI_QUOTES
            String definer =
                    account(
                            unquote(text.substring(user, at)),
                            unquote(text.substring(at + 1, end)));
            return new Definition(definer, trim(text.substring(0, start) + text.substring(end)));
        }

        private static String unquote(String name) {
            String quote = name.substring(0, 1);
            return name.substring(1, name.length() - 1).replace(quote + quote, quote);
        }
    }
}
