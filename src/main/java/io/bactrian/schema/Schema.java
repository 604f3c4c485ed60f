package io.bactrian.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database as far as it is to be made equal: its tables in name order, what the server estimates
 * about them, and its stored objects.
 *
 * @param server the kind of server it is on
 * @param accounts accounts of its server as {@code `user`@`host`}, or null if they may not be read
 */
public record Schema(
        ServerKind server,
        String name,
        String charset,
        String collation,
        List<Table> tables,
        Map<String, TableStats> stats,
        List<StoredObject> objects,
        Set<String> accounts) {

    public Schema {
        tables = tables.stream().sorted(Comparator.comparing(Table::name)).toList();
        stats = Map.copyOf(stats);
        objects = List.copyOf(objects);
        accounts = accounts == null ? null : Set.copyOf(accounts);
    }

    public Optional<Table> table(String table) {
        return tables.stream().filter(t -> t.name().equals(table)).findFirst();
    }

    public Optional<StoredObject> object(StoredObject.Type type, String object) {
        return objects(type).stream().filter(o -> o.name().equals(object)).findFirst();
    }

    public List<StoredObject> objects(StoredObject.Type type) {
        return objects.stream().filter(o -> o.type() == type).toList();
    }

    /** Statistics of a table; zeros for one that has none. */
    public TableStats stats(String table) {
        return stats.getOrDefault(table, new TableStats("", 0, 0, 0, 0));
    }

    /** The same database with other tables. */
    public Schema with(List<Table> others) {
        return new Schema(server, name, charset, collation, others, stats, objects, accounts);
    }

    /**
     * The same database as one sees it who may not read the accounts: definers do not count then.
     */
    public Schema withoutAccounts() {
        return new Schema(server, name, charset, collation, tables, stats, objects, null);
    }
}
