package io.bactrian.sql;

import io.bactrian.schema.Check;
import io.bactrian.schema.Column;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Index;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a {@link Table}, or one part of it, in the very words of SHOW CREATE TABLE. */
public final class CreateTablePrinter {
    /**
     * Options the server prints in front of ENGINE, inside a comment of the version that brought
     * them.
     */
    private static final Map<String, String> VERSIONED =
            Map.of("TABLESPACE", "50100", "AUTOEXTEND_SIZE", "80023", "ENCRYPTION", "80016");

    private CreateTablePrinter() {}

    /** The text of SHOW CREATE TABLE. */
    public static String print(Table table) {
        return print(table, table.columns().stream().map(c -> column(table.server(), c)).toList());
    }

    /** The same with other texts for the columns. */
    static String print(Table table, List<String> columns) {
        List<String> items = new ArrayList<>(columns);
        table.indexes().forEach(i -> items.add(index(table.server(), i)));
        table.foreignKeys().forEach(f -> items.add(foreignKey(f)));
        table.checks().forEach(c -> items.add(check(c)));
        StringBuilder out = new StringBuilder("CREATE TABLE ").append(Names.quote(table.name()));
        out.append(" (\n  ")
                .append(String.join(",\n  ", items))
                .append("\n)")
                .append(options(table));
        if (table.partitioning() != null) {
            out.append(table.server() == ServerKind.MARIADB ? "\n " : "\n")
                    .append(table.partitioning());
        }
        return out.toString();
    }

    /** A column from its name to its comment. */
    public static String column(ServerKind server, Column c) {
        return column(server, c, c.charset(), c.collation());
    }

    static String column(ServerKind server, Column c, String charset, String collation) {
        boolean mariaDb = server == ServerKind.MARIADB;
        StringBuilder out = new StringBuilder(Names.quote(c.name())).append(' ').append(c.type());
        add(out, "CHARACTER SET ", charset);
        add(out, "COLLATE ", collation);
        if (c.isGenerated()) {
            out.append(" GENERATED ALWAYS AS (").append(c.generated()).append(") ");
            out.append(c.stored() ? "STORED" : "VIRTUAL");
        }
        add(out, "", c.nullability());
        if (c.srid() != null) {
            out.append(" /*!80003 SRID ").append(c.srid()).append(" */");
        }
        add(out, "", mariaDb ? null : c.storage());
        add(out, "", mariaDb && c.invisible() ? "INVISIBLE" : null);
        add(out, "DEFAULT ", c.defaultValue());
        add(out, "ON UPDATE ", c.onUpdate());
        add(out, "", c.autoIncrement() ? "AUTO_INCREMENT" : null);
        add(out, "", !mariaDb && c.invisible() ? "/*!80023 INVISIBLE */" : null);
        add(out, "COMMENT ", c.comment() == null ? null : Names.literal(c.comment()));
        add(out, "", mariaDb ? c.storage() : null);
        return out.toString();
    }

    private static void add(StringBuilder out, String word, String value) {
        if (value != null) {
            out.append(' ').append(word).append(value);
        }
    }

    /** A key from its kind to its last option. */
    public static String index(ServerKind server, Index i) {
        String kind = i.kind() == Index.Kind.PLAIN ? "KEY" : i.kind() + " KEY";
        String name = i.name() == null ? "" : " " + Names.quote(i.name());
        String parts =
                i.parts().stream().map(CreateTablePrinter::part).collect(Collectors.joining(","));
        StringBuilder out = new StringBuilder(kind + name + " (" + parts + ")");
        for (String option : i.options()) {
            if (option.startsWith("WITH PARSER")) {
                // the blank behind this comment is the server's
                out.append(" /*!50100 ").append(option).append(" */ ");
            } else if (option.equals(Index.INVISIBLE)) {
                out.append(server == ServerKind.MARIADB ? " IGNORED" : " /*!80000 INVISIBLE */");
            } else {
                out.append(' ').append(option);
            }
        }
        return out.toString();
    }

    private static String part(Index.Part part) {
        String what =
                part.expression() != null
                        ? "(" + part.expression() + ")"
                        : Names.quote(part.column());
        String prefix = part.prefix() == null ? "" : "(" + part.prefix() + ")";
        return what + prefix + (part.descending() ? " DESC" : "");
    }

    /** A foreign key from CONSTRAINT to its last action. */
    public static String foreignKey(ForeignKey f) {
        String parent =
                f.parentSchema() == null
                        ? Names.quote(f.parent())
                        : Names.quote(f.parentSchema(), f.parent());
        StringBuilder out = new StringBuilder("CONSTRAINT ").append(Names.quote(f.name()));
        out.append(" FOREIGN KEY (")
                .append(Names.list(f.columns()))
                .append(") REFERENCES ")
                .append(parent);
        out.append(" (").append(Names.list(f.parentColumns())).append(')');
        add(out, "ON DELETE ", f.onDelete());
        add(out, "ON UPDATE ", f.onUpdate());
        return out.toString();
    }

    /** A check from CONSTRAINT on. */
    public static String check(Check c) {
        String text = "CONSTRAINT " + Names.quote(c.name()) + " CHECK (" + c.expression() + ")";
        return c.enforced() ? text : text + " /*!80016 NOT ENFORCED */";
    }

    private static String options(Table table) {
        StringBuilder out = new StringBuilder();
        table.options()
                .forEach(
                        (name, value) -> {
                            String version = VERSIONED.get(name);
                            String text = option(name, value);
                            out.append(
                                    version == null
                                            ? " " + text
                                            : " /*!" + version + " " + text + " */");
                            if (name.equals("ENGINE") && table.autoIncrement() != null) {
                                out.append(" AUTO_INCREMENT=")
                                        .append(Long.toUnsignedString(table.autoIncrement()));
                            }
                        });
        return out.toString();
    }

    /** One table option as both CREATE and ALTER take it. */
    static String option(String name, String value) {
        return name + (name.equals("TABLESPACE") ? " " : "=") + value;
    }
}
