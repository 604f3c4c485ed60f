package io.bactrian.cli;

import io.bactrian.sql.Grants;
import io.bactrian.sql.ServerFacts;
import io.bactrian.sync.Requirements;
import java.util.ArrayList;
import java.util.List;

/** Compares what an account may do with what a source and a target need. */
final class Privileges {
    /**
     * Without the last three a source does not even tell that it has views' texts, triggers and
     * events.
     */
    private static final List<String> SOURCE = List.of("SELECT", "SHOW VIEW", "TRIGGER", "EVENT");

    private static final List<String> TARGET =
            List.of(
                    "SELECT",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "CREATE",
                    "DROP",
                    "ALTER",
                    "INDEX",
                    "REFERENCES",
                    "CREATE VIEW",
                    "SHOW VIEW",
                    "TRIGGER",
                    "CREATE ROUTINE",
                    "ALTER ROUTINE",
                    "EVENT");

    private final Grants grants;
    private final ServerFacts facts;
    private final String schema;
    private final List<String> tables;

    Privileges(Grants grants, ServerFacts facts, String schema, List<String> tables) {
        this.grants = grants;
        this.facts = facts;
        this.schema = schema;
        this.tables = tables;
    }

    List<Finding> ofSource() {
        List<Finding> findings = new ArrayList<>(missing(SOURCE, "read"));
        findings.addAll(oneMoment("threads of a copy cannot be held to one moment"));
        findings.addAll(routinesOfOthers());
        return findings;
    }

    private List<Finding> oneMoment(String without) {
        return hasAnyGlobal("RELOAD", "FLUSH_TABLES") || grants.has("LOCK TABLES", schema, tables)
                ? List.of()
                : List.of(
                        Finding.warning(
                                "LOCK TABLES",
                                "is missing: " + without,
                                grant(List.of("LOCK TABLES"), schema)));
    }

    /** A routine that was made for another definer could not be compared again. */
    private List<Finding> routinesOfOthers() {
        return !facts.dialect().hidesRoutines() || hasAnyGlobal("SELECT", "SHOW_ROUTINE")
                ? List.of()
                : List.of(
                        Finding.warning(
                                "SHOW_ROUTINE",
                                "is missing: routines of other definers cannot be read",
                                grant(List.of("SHOW_ROUTINE"), null)));
    }

    List<Finding> ofTarget() {
        List<Finding> findings = new ArrayList<>(missing(TARGET, "write"));
        findings.addAll(oneMoment("a backup is read by one session"));
        if (facts.binlog() && !facts.trustsFunctionCreators() && !hasAnyGlobal("SUPER")) {
            findings.add(
                    Finding.warning(
                            "log_bin_trust_function_creators",
                            "is OFF and the account has no SUPER: triggers and functions cannot be"
                                    + " made (error 1419)",
                            "SET GLOBAL log_bin_trust_function_creators = ON;"));
        }
        if (!hasAnyGlobal("SUPER", "SET_USER_ID", "SET_ANY_DEFINER", "SET USER")) {
            findings.add(
                    Finding.warning(
                            "definers",
                            "of views, routines, triggers and events cannot be kept",
                            grant(List.of(facts.dialect().definerPrivilege()), null)));
        }
        findings.addAll(routinesOfOthers());
        return findings;
    }

    /** What two-way sync needs of either side; who only replicates may leave it. */
    List<Finding> ofSync() {
        List<Finding> findings = new ArrayList<>();
        List<String> missing = missing(Requirements.PRIVILEGES);
        if (!missing.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "sync",
                            "would also need: " + String.join(", ", missing),
                            grant(missing, schema)));
        }
        if (!hasAnyGlobal(Requirements.TO_SEE_TRUNCATE)) {
            findings.add(
                    Finding.warning(
                            "sync",
                            "would not notice a TRUNCATE without " + Requirements.TO_SEE_TRUNCATE,
                            grant(List.of(Requirements.TO_SEE_TRUNCATE), null)));
        }
        if (Requirements.logsStatements(facts)) {
            findings.add(
                    Finding.warning(
                            "sync", Requirements.LOGS_STATEMENTS, Requirements.TO_LOG_ROWS));
        }
        return findings;
    }

    private List<String> missing(List<String> needed) {
        return needed.stream().filter(p -> !grants.has(p, schema, tables)).toList();
    }

    private List<Finding> missing(List<String> needed, String verb) {
        List<String> missing = missing(needed);
        return missing.isEmpty()
                ? List.of()
                : List.of(
                        Finding.error(
                                "privileges",
                                "missing to " + verb + ": " + String.join(", ", missing),
                                grant(missing, schema)));
    }

    private String grant(List<String> privileges, String on) {
        return Grants.statement(privileges, on, facts.account());
    }

    private boolean hasAnyGlobal(String... privileges) {
        return List.of(privileges).stream().anyMatch(grants::hasGlobal);
    }
}
