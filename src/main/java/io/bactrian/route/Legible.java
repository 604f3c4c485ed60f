package io.bactrian.route;

import io.bactrian.error.ConnectionException;
import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.sql.Database;
import io.bactrian.sql.Unreadable;
import java.util.List;

/** Refuses tables whose rows cannot be read as their structure was. */
final class Legible {
    private Legible() {}

    static List<String> names(Schema schema) {
        return schema.tables().stream().map(Table::name).toList();
    }

    /**
     * @throws ConnectionException naming the tables that the account may not read
     */
    static void require(Database database, Schema schema) {
        List<String> refused = database.with(database.name(), Unreadable::tables);
        refused.retainAll(names(schema));
        if (!refused.isEmpty()) {
            throw new ConnectionException(
                    String.join(", ", refused),
                    "the account of " + database.name() + " is denied SELECT on it",
                    "run `bactrian check "
                            + database.name()
                            + "`, which prints the GRANT to paste, or leave the table out with --tables");
        }
    }

    /**
     * A table altered before the snapshot was opened would be read as it was before; one altered
     * later is refused by the server.
     *
     * @throws StructureException naming the first that was altered
     */
    static void requireUnchanged(Database database, Schema planned, Schema now) {
        for (Table table : planned.tables()) {
            if (now.table(table.name()).filter(table::sameStructure).isEmpty()) {
                throw new StructureException(
                        table.name(),
                        "was altered in " + database.name() + " after it was looked at",
                        "run it again");
            }
        }
    }
}
