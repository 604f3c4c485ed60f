package io.bactrian.sync;

import io.bactrian.error.ConnectionException;
import io.bactrian.sql.Database;
import io.bactrian.sql.Grants;
import io.bactrian.sql.ServerFacts;
import java.util.ArrayList;
import java.util.List;

/** What sync needs of an account and of a server. */
public final class Requirements {
    /** What an account needs on a database that syncs, and globally {@link #TO_SEE_TRUNCATE}. */
    public static final List<String> PRIVILEGES =
            List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "TRIGGER");

    /** Without it a round does not learn that a table is another file than before. */
    public static final String TO_SEE_TRUNCATE = "PROCESS";

    /** A round is READ COMMITTED, which such a log cannot tell of (error 1665). */
    public static final String LOGS_STATEMENTS =
            "cannot write: the server's binary log has statements (binlog_format=STATEMENT), and sync needs ROW or MIXED";

    public static final String TO_LOG_ROWS = "SET PERSIST binlog_format = ROW;";

    /** Whether a server's binary log keeps rounds from writing. */
    public static boolean logsStatements(ServerFacts facts) {
        return facts.binlog() && facts.binlogByStatement();
    }

    private Requirements() {}

    /**
     * Looks at both sides. Returns what sync can go without, as warnings.
     *
     * @throws ConnectionException if one lacks what it cannot go without
     */
    static List<String> met(Sides sides, boolean addColumns) {
        List<String> warnings = new ArrayList<>();
        List<String> needed = new ArrayList<>(PRIVILEGES);
        if (addColumns) {
            needed.add("ALTER");
        }
        for (Side side : Side.values()) {
            Database database = sides.of(side);
            Grants grants = database.with(database.name(), Grants::of);
            ServerFacts facts = database.with(database.name(), ServerFacts::read);
            List<String> missing =
                    needed.stream()
                            .filter(p -> !grants.has(p, database.schema(), List.of()))
                            .toList();
            if (!missing.isEmpty()) {
                throw new ConnectionException(
                        database.name(),
                        "the account lacks what sync needs: " + String.join(", ", missing),
                        Grants.statement(missing, database.schema(), facts.account()),
                        false,
                        null);
            }
            if (!grants.hasGlobal(TO_SEE_TRUNCATE)) {
                warnings.add(
                        database.name()
                                + ": without PROCESS a TRUNCATE is not noticed: "
                                + Grants.statement(
                                        List.of(TO_SEE_TRUNCATE), null, facts.account()));
            }
            if (logsStatements(facts)) {
                throw new ConnectionException(
                        database.name(), "sync " + LOGS_STATEMENTS, TO_LOG_ROWS, false, null);
            }
            if (facts.binlog() && !facts.trustsFunctionCreators() && !grants.hasGlobal("SUPER")) {
                throw new ConnectionException(
                        database.name(),
                        "triggers cannot be made (error 1419): the server keeps a binary log, and the account has no SUPER",
                        "SET GLOBAL log_bin_trust_function_creators = ON;",
                        false,
                        null);
            }
        }
        return warnings;
    }
}
