package io.bactrian.sql;

import io.bactrian.schema.Table;

/** Statements within triggers that write into {@code sync_log}. */
final class LogEntry {
    /** Who made a change: the application's account and host. */
    private static final String ORIGIN = "LEFT(USER(), 128)";

    /**
     * Without room a change is refused rather than missed. MySQL leaves a full log (1114) to no
     * handler, MariaDB does. A full folder for temporary files ends the query of a cascade, and
     * both leave that to handlers: with 1114, and MariaDB 11.4.5 with what the file met first (3,
     * 126, 1021). Costs 0.4 µs a row.
     */
    static final String NO_ROOM = "DECLARE EXIT HANDLER FOR 3, 126, 1021, 1114 RESIGNAL;\n";

    private static final String FULL =
            " INTO sync_log (table_name, record_id, operation, version, origin, old_data, new_data)";
    private static final String KEY =
            " INTO sync_log (table_name, record_id, operation, version, origin)";

    /** What an application forbids its own queries is not meant for what its deletes cascade to. */
    private static final String UNLIMITED =
            "/*M!101100 SET STATEMENT sql_big_selects=1, max_recursive_iterations=1000 FOR */"
                    + " INSERT /*+ SET_VAR(sql_big_selects=1) SET_VAR(cte_max_recursion_depth=1000) */";

    private LogEntry() {}

    /** One row, and if that fails its key alone. All but the operation are expressions. */
    static String insert(
            Table table,
            String operation,
            String id,
            String version,
            String oldData,
            String newData,
            boolean full) {
        String key = values(table, operation, id, version);
        return block(
                "INSERT" + KEY + " VALUES (" + key + ")",
                "INSERT" + FULL + " VALUES (" + key + ", " + oldData + ", " + newData + ")",
                full);
    }

    /**
     * The rows of a query, and if that fails their keys alone.
     *
     * @param with what the query begins with, before SELECT; may be empty
     * @param from what it goes on with, from FROM on
     */
    static String select(
            Table table,
            String operation,
            String id,
            String version,
            String oldData,
            String with,
            String from,
            boolean full) {
        String key = with + " SELECT " + values(table, operation, id, version);
        return block(
                UNLIMITED + KEY + " " + key + " " + from,
                UNLIMITED + FULL + " " + key + ", " + oldData + ", NULL " + from,
                full);
    }

    private static String values(Table table, String operation, String id, String version) {
        return "_utf8mb4"
                + Names.literal(table.name())
                + ", "
                + id
                + ", '"
                + operation
                + "', "
                + version
                + ", "
                + ORIGIN;
    }

    private static String block(String key, String whole, boolean full) {
        return full
                ? "BEGIN\n"
                        + NO_ROOM
                        + "DECLARE EXIT HANDLER FOR SQLEXCEPTION "
                        + key
                        + ";\n"
                        + whole
                        + ";\nEND;"
                : key + ";";
    }
}
