package io.bactrian.cli;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.error.ReplicationException;
import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.Database;
import io.bactrian.sql.Grants;
import io.bactrian.sql.ServerFacts;
import io.bactrian.sql.TableFacts;
import io.bactrian.state.RunNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of one database.
 *
 * @param facts null if it did not answer
 * @param tables empty if it did not answer
 * @param findings what is wrong with it by itself
 */
record Checkup(
        DatabaseSettings database,
        ServerFacts facts,
        List<TableFacts> tables,
        List<Finding> findings) {

    Checkup {
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    /** Looks at a database in the parts it is to play. That it does not answer is a finding. */
    static Checkup of(DatabaseSettings settings, boolean source, boolean target, Duration timeout) {
        try (Database database = Database.open(settings, 2, timeout);
                Connection connection = database.connect()) {
            try {
                ServerFacts facts = ServerFacts.read(connection);
                Grants grants = Grants.of(connection);
                List<TableFacts> tables = TableFacts.read(database);
                List<Finding> findings = new ArrayList<>();
                Privileges privileges =
                        new Privileges(grants, facts, settings.database(), names(tables));
                if (source) {
                    findings.addAll(privileges.ofSource());
                    findings.addAll(withoutKey(tables));
                }
                if (target) {
                    findings.addAll(privileges.ofTarget());
                    findings.addAll(localInfile(facts));
                    findings.addAll(cutOff(settings, database, connection));
                }
                findings.addAll(privileges.ofSync());
                return new Checkup(settings, facts, tables, findings.stream().distinct().toList());
            } catch (SQLException e) {
                throw database.translate(settings.name(), e);
            }
        } catch (ReplicationException e) {
            return failed(settings, e);
        } catch (SQLException e) {
            return new Checkup(
                    settings,
                    null,
                    List.of(),
                    List.of(Finding.error("connection", e.getMessage(), "")));
        }
    }

    /** A run that is at work is not cut off: it holds its lock. */
    private static List<Finding> cutOff(
            DatabaseSettings settings, Database database, Connection connection)
            throws SQLException {
        if (AdvisoryLock.isTaken(connection, database.schema())) {
            return List.of();
        }
        return RunNote.find(connection).stream()
                .map(
                        note ->
                                Finding.warning(
                                        "unfinished run",
                                        note.message(settings.name()),
                                        note.hint(settings.name())))
                .toList();
    }

    private static Checkup failed(DatabaseSettings settings, ReplicationException e) {
        return new Checkup(
                settings,
                null,
                List.of(),
                List.of(Finding.error("connection", e.object() + ": " + e.getMessage(), e.hint())));
    }

    boolean answered() {
        return facts != null;
    }

    private static List<String> names(List<TableFacts> tables) {
        return tables.stream().map(TableFacts::name).toList();
    }

    private static List<Finding> withoutKey(List<TableFacts> tables) {
        List<String> keyless =
                tables.stream()
                        .filter(t -> t.primaryKey().isEmpty())
                        .map(TableFacts::name)
                        .toList();
        return keyless.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warning(
                                "keys",
                                "tables without a primary key, which cannot sync: "
                                        + String.join(", ", keyless),
                                "'bactrian tables' shows the ALTER for each"));
    }

    private static List<Finding> localInfile(ServerFacts facts) {
        return facts.localInfile()
                ? List.of()
                : List.of(
                        Finding.warning(
                                "local_infile",
                                "is OFF: rows go by INSERT, which is slower",
                                "SET GLOBAL local_infile = ON;"));
    }
}
