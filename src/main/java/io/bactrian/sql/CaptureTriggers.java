package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The triggers that write each change of a table into {@code sync_log}, in the writer's own
 * transaction, unless {@code @bactrian_origin} is set. None of them makes a write fail, unless
 * there is no room to log it: if the row cannot be written into the log as JSON, its key is, and if
 * that fails too, the write goes through all the same.
 *
 * <p>They are meant to be created in a session with an empty sql_mode and utf8mb4, which they keep.
 */
public final class CaptureTriggers {
    private static final String PREFIX = "bactrian_";
    private static final Pattern GENERATED =
            Pattern.compile("bactrian_[ab][iud]_.+", Pattern.DOTALL);

    private static final String CREATED =
            "SELECT trigger_name, CAST(created AS CHAR) FROM information_schema.triggers"
                    + " WHERE trigger_schema = DATABASE() AND LEFT(trigger_name, 9) = 'bactrian_'";
    private static final int LONGEST_NAME = 64;
    private static final String BY_APPLICATION = "@bactrian_origin IS NULL";

    /**
     * One trigger.
     *
     * @param create the statement that makes it
     */
    public record Trigger(String name, String create) {
        /** The statement that takes it away. */
        public String drop() {
            return Ddl.dropTrigger(name);
        }
    }

    private final Table table;
    private final RecordId id;
    private final boolean full;
    private final Cascades cascades;
    private final Optional<Column> version;
    private final Optional<Column> lastModified;

    /**
     * @param all all tables of the schema, for what foreign keys do to the rows of others
     * @param full whether the log gets whole rows, or their keys alone
     */
    public CaptureTriggers(Table table, Collection<Table> all, boolean full) {
        this.table = table;
        this.id = new RecordId(table);
        this.full = full;
        this.cascades = new Cascades(table, all, full);
        SyncRows rows = new SyncRows(table, 1);
        this.version = rows.version();
        this.lastModified = rows.lastModified();
    }

    /**
     * All triggers of the table.
     *
     * @throws StructureException if the server would take none, for a name in it
     */
    public List<Trigger> triggers() {
        List<Trigger> triggers = new ArrayList<>();
        add(triggers, "bi", "BEFORE INSERT", beforeInsert());
        add(triggers, "bu", "BEFORE UPDATE", beforeUpdate());
        add(triggers, "bd", "BEFORE DELETE", cascades.ofDelete());
        add(triggers, "ai", "AFTER INSERT", List.of(log("INSERT", "NEW", "NULL", image("NEW"))));
        add(triggers, "au", "AFTER UPDATE", afterUpdate());
        add(triggers, "ad", "AFTER DELETE", List.of(log("DELETE", "OLD", image("OLD"), "NULL")));
        return triggers;
    }

    /** Whether a trigger is one of ours, by its name. */
    static boolean isGenerated(String trigger) {
        return GENERATED.matcher(trigger).matches();
    }

    /** When each generated trigger of the session's schema was made, by name. */
    public static Map<String, String> created(Connection session) throws SQLException {
        Map<String, String> created = new HashMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(CREATED)) {
            while (r.next()) {
                if (isGenerated(r.getString(1))) {
                    created.put(r.getString(1), r.getString(2));
                }
            }
        }
        return created;
    }

    /** Makes triggers in the place of those with their names, in the mode they are meant for. */
    public static void create(Connection session, List<Trigger> triggers) throws SQLException {
        try (SessionVariables mode = SessionVariables.set(session, Map.of("sql_mode", ""))) {
            DdlRunner.run(
                    session,
                    triggers.stream().flatMap(t -> Stream.of(t.drop(), t.create())).toList());
        }
    }

    /** Takes generated triggers away, by name. */
    public static void drop(Connection session, Collection<String> names) throws SQLException {
        DdlRunner.run(session, names.stream().map(Ddl::dropTrigger).toList());
    }

    private void add(List<Trigger> triggers, String kind, String timing, List<String> body) {
        if (!body.isEmpty()) {
            GarbledName.refuse(table, String.join("\n", body));
            String name = name(kind, table.name());
            triggers.add(
                    new Trigger(
                            name,
                            "CREATE TRIGGER "
                                    + quote(name)
                                    + " "
                                    + timing
                                    + " ON "
                                    + quote(table.name())
                                    + " FOR EACH ROW BEGIN\n"
                                    + LogEntry.NO_ROOM
                                    // the last resort: the change is lost to the log, not to its
                                    // writer
                                    + "DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;\n"
                                    + "IF "
                                    + BY_APPLICATION
                                    + " THEN\n"
                                    + String.join("\n", body)
                                    + "\nEND IF;\nEND"));
        }
    }

    /** A name of at most 64 characters; long ones end with a hash of the table's. */
    static String name(String kind, String table) {
        String name = PREFIX + kind + "_" + table;
        if (name.codePointCount(0, name.length()) <= LONGEST_NAME) {
            return name;
        }
        CRC32 hash = new CRC32();
        hash.update(table.getBytes(StandardCharsets.UTF_8));
        int end = name.offsetByCodePoints(0, LONGEST_NAME - 9);
        return name.substring(0, end) + "_" + String.format("%08x", hash.getValue());
    }

    private String image(String row) {
        return full ? new RowImage(table).of(row) : "NULL";
    }

    /** The row's entry, or if that fails the same without its JSON. */
    private String log(String operation, String row, String oldData, String newData) {
        return LogEntry.insert(table, operation, id.of(row), version(row), oldData, newData, full);
    }

    private String version(String row) {
        return version.map(v -> row + "." + quote(v.name())).orElse("NULL");
    }

    private List<String> beforeInsert() {
        List<String> body = new ArrayList<>();
        version.filter(Column::nullable)
                .ifPresent(v -> body.add("SET " + ifNull("NEW", v, "1") + ";"));
        lastModified
                .filter(Column::nullable)
                .ifPresent(m -> body.add("SET " + ifNull("NEW", m, "CURRENT_TIMESTAMP(6)") + ";"));
        return body;
    }

    private static String ifNull(String row, Column column, String value) {
        String name = row + "." + quote(column.name());
        return name + " = IFNULL(" + name + ", " + value + ")";
    }

    /** Counts versions where the application does not; and what a changed key does to children. */
    private List<String> beforeUpdate() {
        List<String> body = new ArrayList<>();
        if (version.isPresent() || lastModified.isPresent()) {
            List<Column> contents = new SyncRows(table, 1).contentColumns();
            body.add("IF " + changed(contents) + " THEN");
            version.map(Column::name)
                    .map(Names::quote)
                    .ifPresent(
                            v ->
                                    body.add(
                                            "IF NEW.%1$s <=> OLD.%1$s THEN SET NEW.%1$s = IFNULL(OLD.%1$s, 0) + 1; END IF;"
                                                    .formatted(v)));
            lastModified
                    .map(Column::name)
                    .map(Names::quote)
                    .ifPresent(
                            m ->
                                    body.add(
                                            "IF NEW.%1$s <=> OLD.%1$s THEN SET NEW.%1$s = CURRENT_TIMESTAMP(6); END IF;"
                                                    .formatted(m)));
            body.add("END IF;");
        }
        body.addAll(cascades.beforeUpdate());
        return body;
    }

    private List<String> afterUpdate() {
        List<String> body = new ArrayList<>();
        List<Column> key =
                table.primaryKey().orElseThrow().columns().stream().map(table::column).toList();
        body.add("IF " + changed(key) + " THEN");
        body.add(log("DELETE", "OLD", image("OLD"), "NULL"));
        body.add(log("INSERT", "NEW", "NULL", image("NEW")));
        body.add("ELSEIF " + changed(table.writableColumns()) + " THEN");
        body.add(log("UPDATE", "NEW", image("OLD"), image("NEW")));
        body.add("END IF;");
        body.addAll(cascades.afterUpdate());
        return body;
    }

    /** Whether one of the columns has other bytes: a collation takes some for equal. */
    static String changed(List<Column> columns) {
        return columns.stream().map(CaptureTriggers::changed).collect(Collectors.joining(" OR "));
    }

    private static String changed(Column column) {
        String name = quote(column.name());
        if (Codec.of(column) == Codec.REAL) {
            // 0 equals -0, which has other bits
            return "NOT (OLD.%1$s <=> NEW.%1$s) OR (OLD.%1$s <=> 0 AND LEFT(OLD.%1$s, 1) <> LEFT(NEW.%1$s, 1))"
                    .formatted(name);
        }
        String comparable =
                switch (Codec.of(column)) {
                    case TEXT -> "CAST(%s AS BINARY)";
                    case LARGE -> ColumnText.isText(column) ? "CAST(%s AS BINARY)" : "%s";
                    case MEMBER -> "CAST(%s AS UNSIGNED)";
                    case SPATIAL -> "HEX(%s)";
                    // its DECIMALs would count as equal to DOUBLEs
                    case JSON -> "CAST(CAST(%s AS CHAR CHARACTER SET utf8mb4) AS BINARY)";
                    default -> "%s";
                };
        return "NOT ("
                + comparable.formatted("OLD." + name)
                + " <=> "
                + comparable.formatted("NEW." + name)
                + ")";
    }
}
