package io.bactrian.sql;

import io.bactrian.schema.ServerKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's kind and version, and all that we say differently because of them: no other class
 * looks at a version. What is not here is said in words that all servers understand.
 */
public record Dialect(ServerKind kind, int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** What MariaDB puts in front of its version for old clients. */
    private static final String DISGUISE = "5.5.5-";

    /** The dialect of a session's server; asks the driver and not the server. */
    public static Dialect of(Connection session) throws SQLException {
        return of(session.getMetaData().getDatabaseProductVersion());
    }

    /**
     * @param version as VERSION() tells it: {@code 8.0.33}, {@code 11.4.5-MariaDB-log}
     */
    public static Dialect of(String version) {
        boolean mariaDb = version.contains("MariaDB");
        String plain =
                mariaDb && version.startsWith(DISGUISE)
                        ? version.substring(DISGUISE.length())
                        : version;
        Matcher numbers = VERSION.matcher(plain);
        return numbers.matches()
                ? new Dialect(
                        mariaDb ? ServerKind.MARIADB : ServerKind.MYSQL,
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)))
                : new Dialect(mariaDb ? ServerKind.MARIADB : ServerKind.MYSQL, 0, 0);
    }

    @Override
    public String toString() {
        return kind + " " + major + "." + minor;
    }

    boolean isMariaDb() {
        return kind == ServerKind.MARIADB;
    }

    private boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** What is wanted instead; empty for a server we know. */
    Optional<String> refusal() {
        boolean known = isMariaDb() ? isAtLeast(10, 11) : isAtLeast(8, 0);
        return known
                ? Optional.empty()
                : Optional.of("MySQL 8.0 or later, or MariaDB 10.11 or later is wanted");
    }

    /** An expression that tells servers apart, whatever name they are reached by. */
    String serverId() {
        // MariaDB's is made of the machine's network address and the port
        return isMariaDb() ? "@@server_uid" : "@@server_uuid";
    }

    /**
     * Whether information_schema hands out estimates up to a day old unless {@code
     * information_schema_stats_expiry} is 0.
     */
    boolean cachesEstimates() {
        return !isMariaDb();
    }

    /** The session variable that says what a transaction sees. */
    String isolationVariable() {
        return isMariaDb() && !isAtLeast(11, 1) ? "tx_isolation" : "transaction_isolation";
    }

    /**
     * What only such a server has of what a session needs: no time limit, nothing to print more.
     */
    String sessionVariables() {
        return isMariaDb()
                ? "max_statement_time=0"
                : "max_execution_time=0,show_create_table_verbosity=0";
    }

    /** Whether BIT_XOR takes strings of bytes, and not only numbers of 64 bits. */
    boolean xorsBytes() {
        return !isMariaDb();
    }

    /**
     * A trigger's body in information_schema.triggers, as it was written; NULL where that is only
     * in SHOW CREATE TRIGGER. MariaDB shows the head of that as its author wrote it.
     */
    String triggerBody() {
        return isMariaDb() ? "action_statement" : "NULL";
    }

    /**
     * What tells which file ({@code space}) a table is in, {@code name} being {@code schema/table},
     * or {@code schema/table#p#partition}. MariaDB has the names of the files.
     */
    String tableFiles() {
        String table = "SUBSTRING_INDEX(name, '/', -1)";
        return isMariaDb()
                ? "(SELECT CONCAT("
                        + fromFile("SUBSTRING_INDEX(name, '/', 1)")
                        + ", '/', "
                        + fromFile("SUBSTRING_INDEX(" + table + ", '#P#', 1)")
                        + ", IF(LOCATE('#P#', name), CONCAT('#p#', SUBSTRING_INDEX(name, '#P#', -1)), ''))"
                        + " AS name, space FROM information_schema.innodb_sys_tables) files"
                : "information_schema.innodb_tablespaces_brief";
    }

    private static String fromFile(String name) {
        return "CONVERT(CONVERT(CAST(" + name + " AS BINARY) USING filename) USING utf8mb4)";
    }

    /** Whether JSON is text, which stays as it was written. */
    boolean keepsJsonText() {
        return isMariaDb();
    }

    /** Whether a DOUBLE's text tells -0 from 0: MariaDB 10.11 prints both as 0. */
    public boolean printsMinusZero() {
        return !isMariaDb() || isAtLeast(11, 4);
    }

    /** Whether SHOW GRANTS tells the roles' grants only if it is told which. */
    boolean namesRolesInShowGrants() {
        return !isMariaDb();
    }

    /** Whether an account reads the routines of other definers by a privilege of its own. */
    public boolean hidesRoutines() {
        return !isMariaDb();
    }

    /** The privilege to make objects for another definer; MySQL split SET_USER_ID in 8.2. */
    public String definerPrivilege() {
        if (isMariaDb()) {
            return "SET USER";
        }
        return isAtLeast(8, 2) ? "SET_ANY_DEFINER" : "SET_USER_ID";
    }
}
