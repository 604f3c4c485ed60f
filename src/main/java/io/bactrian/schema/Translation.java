package io.bactrian.schema;

import io.bactrian.error.StructureException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of one kind of server in the words of the other: as that prints the table that stores the
 * same values under the same rules. What has no equal there is refused by the name of its table and
 * column; nothing is replaced by what is only like it.
 *
 * <p>What a number's display width says is lost to MySQL, which has given it up: it changes no
 * value. JSON of MariaDB is text with a check, and that is its equal; JSON of MySQL arrives as the
 * text MySQL prints.
 */
public final class Translation {
    private static final Set<String> ENGINES = Set.of("innodb", "myisam", "memory");
    private static final Set<String> OPTIONS =
            Set.of(
                    "COMMENT",
                    "ROW_FORMAT",
                    "KEY_BLOCK_SIZE",
                    "STATS_PERSISTENT",
                    "STATS_AUTO_RECALC",
                    "STATS_SAMPLE_PAGES",
                    "MIN_ROWS",
                    "MAX_ROWS",
                    "AVG_ROW_LENGTH");

    private final Table table;
    private final ServerKind kind;
    private final boolean toMariaDb;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private Translation(Table table, ServerKind kind) {
        this.table = table;
        this.kind = kind;
        this.toMariaDb = kind == ServerKind.MARIADB;
    }

    /**
     * The tables of a source as a server of the target's kind tells them, the source itself if it
     * is of that kind. The database's default collation is the target's where the source's has no
     * equal, and a view, routine, trigger or event is the target's of that name: what it does
     * cannot be compared.
     *
     * @throws StructureException naming all that has no equal
     */
    public static Schema of(Schema source, Schema target) {
        if (source.server() == target.server()) {
            return source;
        }
        List<Table> tables = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (Table table : source.tables()) {
            Translation translation = new Translation(table, target.server());
            tables.add(translation.translated());
            if (!translation.refusals.isEmpty()) {
                names.add(table.name());
                refusals.addAll(translation.refusals);
            }
        }
        if (!names.isEmpty()) {
            throw refused(target.server(), names, refusals);
        }
        boolean sameText = Collations.areEqual(source.charset(), source.collation());
        return new Schema(
                target.server(),
                source.name(),
                sameText ? source.charset() : target.charset(),
                sameText ? source.collation() : target.collation(),
                tables,
                source.stats(),
                source.objects().stream()
                        .map(o -> target.object(o.type(), o.name()).orElse(o))
                        .toList(),
                source.accounts());
    }

    /**
     * One table.
     *
     * @throws StructureException naming all of it that has no equal
     */
    public static Table of(Table table, ServerKind kind) {
        if (table.server() == kind) {
            return table;
        }
        Translation translation = new Translation(table, kind);
        Table translated = translation.translated();
        if (!translation.refusals.isEmpty()) {
            throw refused(kind, List.of(table.name()), translation.refusals);
        }
        return translated;
    }

    private static StructureException refused(
            ServerKind kind, List<String> names, List<String> refusals) {
        return new StructureException(
                String.join(", ", names),
                "has no equal in " + kind + ": " + String.join("; ", refusals),
                "alter it to what both servers have (docs/servers.md), or leave it out with --tables '"
                        + "!"
                        + String.join(",!", names)
                        + "'");
    }

    private void refuse(String what) {
        refusals.add(table.name() + what);
    }

    private Table translated() {
        if (table.partitioning() != null) {
            refuse(": its partitions");
        }
        List<Column> columns = table.columns().stream().map(this::column).toList();
        List<Index> indexes = table.indexes().stream().map(this::index).toList();
        for (Check check : table.checks()) {
            if (!check.enforced()) {
                refuse(": the check " + check.name() + ", which is NOT ENFORCED");
            }
            checks.add(
                    new Check(
                            check.name(),
                            expression(
                                    ": the check " + check.name(), charset(), check.expression()),
                            check.enforced()));
        }
        if (!toMariaDb) {
            // as MySQL tells them; MariaDB keeps the order in which they were made
            checks.sort(Comparator.comparing(Check::name));
        }
        return new Table(
                kind,
                table.name(),
                columns,
                indexes,
                table.foreignKeys().stream().map(this::foreignKey).toList(),
                checks,
                options(),
                null,
                table.autoIncrement(),
                table.derived());
    }

    private String expression(String what, String charset, String text) {
        Optional<String> translated = Expression.translate(text, kind);
        if (translated.isEmpty()) {
            refuse(what + ", whose expression is not known to mean the same: " + text);
        }
        return translated.orElse(text);
    }

    private String charset() {
        return table.options().get("DEFAULT CHARSET");
    }

    private String collation() {
        return table.options().getOrDefault("COLLATE", Collations.ofCharset(charset()));
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        table.options()
                .forEach(
                        (name, value) -> {
                            if (name.equals("ENGINE")) {
                                if (!ENGINES.contains(value.toLowerCase())) {
                                    refuse(": the engine " + value);
                                }
                                options.put(name, value);
                            } else if (OPTIONS.contains(name)) {
                                options.put(name, value);
                            } else if (!name.equals("DEFAULT CHARSET") && !name.equals("COLLATE")) {
                                refuse(": the option " + name);
                            }
                        });
        options.put("DEFAULT CHARSET", charset());
        if (toMariaDb || !collation().equals(Collations.ofCharset(charset()))) {
            options.put("COLLATE", collation());
        }
        if (!Collations.areEqual(charset(), collation()) && columns().noneMatch(this::isOfTable)) {
            refuse(": the collation " + collation());
        }
        return options;
    }

    private Stream<Column> columns() {
        return table.columns().stream();
    }

    /** Whether the column has its character set and collation from the table. */
    private boolean isOfTable(Column column) {
        return ColumnType.of(column).isText() && collation(column).equals(collation());
    }

    private String collation(Column column) {
        if (column.collation() != null) {
            return column.collation();
        }
        return column.charset() != null ? Collations.ofCharset(column.charset()) : collation();
    }

    private Column column(Column column) {
        String place = "." + column.name();
        ColumnType type = ColumnType.of(column);
        if (!type.isKnownToBoth()) {
            refuse(place + ": the type " + column.type());
        }
        if (column.srid() != null) {
            refuse(place + ": the SRID");
        }
        boolean toJson = type.isJson();
        String charset = null;
        String collation = null;
        if (type.isText()) {
            String own = column.charset() != null ? column.charset() : charset();
            if (!Collations.areEqual(own, collation(column))) {
                refuse(place + ": the collation " + collation(column));
            }
            boolean ofTable = own.equals(charset()) && collation(column).equals(collation());
            charset = ofTable ? null : own;
            boolean said = !ofTable || !toMariaDb && !collation().equals(Collations.ofCharset(own));
            collation = said ? collation(column) : null;
        }
        if (toJson) {
            charset = "utf8mb4";
            collation = "utf8mb4_bin";
        }
        if (column.isGenerated() && column.nullability() != null) {
            refuse(place + ": a generated column that is " + column.nullability());
        }
        return new Column(
                column.name(),
                type.in(kind),
                charset,
                collation,
                column.isGenerated() ? expression(place, charset, column.generated()) : null,
                column.stored(),
                column.nullability(),
                defaultOf(column, type, place),
                moment(column.onUpdate()),
                column.autoIncrement(),
                column.invisible(),
                null,
                column.comment(),
                toJson
                        ? "CHECK (json_valid(`" + column.name().replace("`", "``") + "`))"
                        : storage(column, place));
    }

    /** A check of MariaDB's that belongs to a column is one of the table's in MySQL. */
    private String storage(Column column, String place) {
        String text = column.storage();
        if (text == null) {
            return null;
        }
        String check = "CHECK (";
        if (toMariaDb || !text.startsWith(check)) {
            refuse(place + ": " + text);
            return null;
        }
        checks.add(
                new Check(
                        table.name() + "_" + column.name(),
                        expression(place, null, text.substring(check.length(), text.length() - 1)),
                        true));
        return null;
    }

    private String defaultOf(Column column, ColumnType type, String place) {
        String text = column.defaultValue();
        if (text == null || text.equals("NULL")) {
            boolean silent = type.isSilent() && column.nullable() && !column.isGenerated();
            return silent ? (toMariaDb ? "NULL" : null) : text;
        }
        Optional<String> value =
                toMariaDb ? type.defaultInMariaDb(text) : type.defaultInMySql(text);
        if (value.isEmpty()) {
            refuse(place + ": the default " + text);
        }
        return value.orElse(text);
    }

    private String moment(String onUpdate) {
        return onUpdate == null ? null : ColumnType.moment(onUpdate, kind).orElse(onUpdate);
    }

    private Index index(Index index) {
        if (index.hasExpression()) {
            refuse(": the functional key " + index.name());
        }
        index.options().stream()
                .filter(o -> o.startsWith("WITH PARSER") || o.equals("USING HASH"))
                .forEach(o -> refuse(": the key " + index.name() + " " + o));
        return index;
    }

    /** RESTRICT and NO ACTION are one to InnoDB; each kind leaves another of them unsaid. */
    private ForeignKey foreignKey(ForeignKey key) {
        return new ForeignKey(
                key.name(),
                key.columns(),
                key.parentSchema(),
                key.parent(),
                key.parentColumns(),
                action(key.onDelete()),
                action(key.onUpdate()));
    }

    private static String action(String action) {
        return "RESTRICT".equals(action) || "NO ACTION".equals(action) ? null : action;
    }
}
