package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an account may do, roles in force included, as SHOW GRANTS tells it. */
public final class Grants {
    private static final Pattern LINE =
            Pattern.compile(
                    "(GRANT|REVOKE) (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`)"
                            + " (?:TO|FROM) .*",
                    Pattern.DOTALL);
    private static final String ALL = "ALL PRIVILEGES";

    /** One line: privileges on a pattern of schemas and a table; {@code *} is any. */
    private record Grant(boolean revoked, Set<String> privileges, String schema, String table) {
        boolean names(String privilege) {
            return privileges.contains(privilege) || privileges.contains(ALL);
        }
    }

    private final List<Grant> grants = new ArrayList<>();

    private Grants(Collection<String> lines) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            // what does not match grants a role, a routine or a proxy
            if (matcher.matches()) {
                grants.add(
                        new Grant(
                                matcher.group(1).equals("REVOKE"),
                                privileges(matcher.group(2)),
                                unquote(matcher.group(3)),
                                unquote(matcher.group(4))));
            }
        }
    }

    /** The grants in these lines of SHOW GRANTS. */
    static Grants parse(Collection<String> lines) {
        return new Grants(lines);
    }

    /** The grants of the account of a session. */
    public static Grants of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String roles = null;
            try (ResultSet row = statement.executeQuery("SELECT CURRENT_ROLE()")) {
                row.next();
                roles = row.getString(1);
            }
            boolean named =
                    Dialect.of(connection).namesRolesInShowGrants()
                            && roles != null
                            && !roles.equals("NONE");
            // the roles come quoted from the server
            String using = named ? "SHOW GRANTS FOR CURRENT_USER() USING " + roles : "SHOW GRANTS";
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(using)) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return parse(lines);
        }
    }

    /** Whether a privilege holds for the whole server. */
    public boolean hasGlobal(String privilege) {
        return grants.stream()
                .anyMatch(
                        g ->
                                !g.revoked()
                                        && g.schema().equals("*")
                                        && g.table().equals("*")
                                        && g.names(privilege));
    }

    /**
     * Whether a privilege holds for all of a schema, or at least for every one of these tables, of
     * which there is one.
     */
    public boolean has(String privilege, String schema, Collection<String> tables) {
        if (hasGlobal(privilege) && !isRevoked(privilege, schema)) {
            return true;
        }
        return hasOnSchema(privilege, schema)
                || !tables.isEmpty()
                        && tables.stream().allMatch(t -> hasOnTable(privilege, schema, t));
    }

    private boolean isRevoked(String privilege, String schema) {
        return grants.stream()
                .anyMatch(g -> g.revoked() && g.schema().equals(schema) && g.names(privilege));
    }

    private boolean hasOnSchema(String privilege, String schema) {
        return grants.stream()
                .anyMatch(
                        g ->
                                !g.revoked()
                                        && !g.schema().equals("*")
                                        && g.table().equals("*")
                                        && schemaPattern(g.schema()).matcher(schema).matches()
                                        && g.names(privilege));
    }

    private boolean hasOnTable(String privilege, String schema, String table) {
        return grants.stream()
                .anyMatch(
                        g ->
                                !g.revoked()
                                        && g.schema().equals(schema)
                                        && g.table().equals(table)
                                        && g.names(privilege));
    }

    /**
     * In the schema of a grant {@code %} and {@code _} are wildcards unless a backslash stands
     * before them.
     */
    private static Pattern schemaPattern(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '\\' && i + 1 < like.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(like.charAt(i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** A privilege on some columns alone, {@code SELECT (`a`, `b`)}, is none on the table. */
    private static Set<String> privileges(String list) {
        Set<String> found = new HashSet<>();
        for (String privilege : list.split(",(?![^(]*\\))")) {
            if (!privilege.contains("(")) {
                found.add(privilege.strip().toUpperCase(Locale.ROOT));
            }
        }
        return found;
    }

    private static String unquote(String name) {
        return name.startsWith("`")
                ? name.substring(1, name.length() - 1).replace("``", "`")
                : name;
    }

    /**
     * The statement that grants what is missing.
     *
     * @param schema the schema they are for, or null for the whole server
     * @param account as CURRENT_USER() tells it: {@code app@%}
     */
    public static String statement(Collection<String> privileges, String schema, String account) {
        int at = account.lastIndexOf('@');
        String on =
                schema == null
                        ? "*.*"
                        : Names.quote(schema.replaceAll("([_%\\\\])", "\\\\$1")) + ".*";
        return "GRANT "
                + String.join(", ", privileges)
                + " ON "
                + on
                + " TO "
                + Names.literal(account.substring(0, at))
                + "@"
                + Names.literal(account.substring(at + 1))
                + ";";
    }
}
