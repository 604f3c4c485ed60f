package io.bactrian.sql;

import io.bactrian.schema.Change;
import io.bactrian.schema.Column;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Index;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes the statements that define tables and stored objects. Names are unqualified: they mean the
 * session's schema.
 */
public final class Ddl {
    static final String TRUNCATE = "TRUNCATE TABLE ";

    private Ddl() {}

    /**
     * Statements that make a table so that it prints as {@code table} does; one, but for tables
     * whose columns forgot their character set.
     */
    public static List<String> create(Table table) {
        List<String> statements = new ArrayList<>();
        statements.add(
                CreateTablePrinter.print(
                        table,
                        table.columns().stream().map(c -> definition(table.server(), c)).toList()));
        TableDiff.forgetCharsets(table).forEach(f -> statements.addAll(forget(table, f)));
        return statements;
    }

    /**
     * Statements that apply {@code changes}, which lead to {@code wanted}; one ALTER TABLE where
     * possible, none without changes.
     */
    public static List<String> alter(Table wanted, List<Change> changes) {
        List<String> first = new ArrayList<>();
        List<String> clauses = new ArrayList<>();
        List<String> after = new ArrayList<>();
        String partitioning = "";
        boolean sridChanges = changes.stream().anyMatch(Ddl::isSridChange);
        for (Change change : changes) {
            if (change instanceof Change.SetPartitioning p) {
                partitioning = "\n" + (p.clause() == null ? "REMOVE PARTITIONING" : p.clause());
            } else if (change instanceof Change.ForgetCharset f) {
                after.addAll(forget(wanted, f));
            } else if (sridChanges
                    && change instanceof Change.DropIndex i
                    && i.index().kind() == Index.Kind.SPATIAL) {
                // error 3644 if it is in the same statement
                first.add(clause(wanted.server(), change));
            } else if (UnsafeDefault.in(change).isPresent()) {
                clauses.add(clause(wanted.server(), UnsafeDefault.leftOut(change)));
                after.add(
                        alterTable(
                                wanted.name(),
                                List.of(setDefault(UnsafeDefault.in(change).get()))));
            } else {
                clauses.add(clause(wanted.server(), change));
            }
        }
        List<String> statements = new ArrayList<>();
        if (!first.isEmpty()) {
            statements.add(alterTable(wanted.name(), first));
        }
        if (!clauses.isEmpty() || !partitioning.isEmpty()) {
            statements.add(alterTable(wanted.name(), clauses) + partitioning);
        }
        statements.addAll(after);
        return statements;
    }

    private static boolean isSridChange(Change change) {
        return change instanceof Change.ModifyColumn c
                && !Objects.equals(c.actual().srid(), c.wanted().srid());
    }

    private static String setDefault(Column column) {
        return "ALTER COLUMN "
                + Names.quote(column.name())
                + " SET DEFAULT "
                + column.defaultValue();
    }

    private static String alterTable(String table, List<String> clauses) {
        String head = "ALTER TABLE " + Names.quote(table);
        return clauses.isEmpty() ? head : head + "\n  " + String.join(",\n  ", clauses);
    }

    private static String clause(ServerKind server, Change change) {
        if (change instanceof Change.AddColumn c) {
            return "ADD COLUMN " + definition(server, c.column()) + place(c.position());
        }
        if (change instanceof Change.DropColumn c) {
            return "DROP COLUMN " + Names.quote(c.column().name());
        }
        if (change instanceof Change.ModifyColumn c) {
            // MODIFY would keep the old letter case of the name
            String verb =
                    c.actual().name().equals(c.wanted().name())
                            ? "MODIFY COLUMN "
                            : "CHANGE COLUMN " + Names.quote(c.actual().name()) + " ";
            return verb + definition(server, c.wanted()) + place(c.position());
        }
        if (change instanceof Change.AddIndex i) {
            return "ADD " + CreateTablePrinter.index(server, i.index()).stripTrailing();
        }
        if (change instanceof Change.DropIndex i) {
            boolean primary = i.index().kind() == Index.Kind.PRIMARY;
            return primary ? "DROP PRIMARY KEY" : "DROP INDEX " + Names.quote(i.index().name());
        }
        if (change instanceof Change.SetVisibility i) {
            String name = Names.quote(i.index().name());
            return "ALTER INDEX " + name + " " + visibility(server, i.index().isInvisible());
        }
        if (change instanceof Change.AddForeignKey f) {
            return "ADD " + CreateTablePrinter.foreignKey(f.foreignKey());
        }
        if (change instanceof Change.DropForeignKey f) {
            return "DROP FOREIGN KEY " + Names.quote(f.foreignKey().name());
        }
        if (change instanceof Change.AddCheck c) {
            return "ADD " + CreateTablePrinter.check(c.check());
        }
        if (change instanceof Change.DropCheck c) {
            return (server == ServerKind.MARIADB ? "DROP CONSTRAINT " : "DROP CHECK ")
                    + Names.quote(c.check().name());
        }
        if (change instanceof Change.SetEnforcement c) {
            String name = Names.quote(c.check().name());
            return "ALTER CHECK " + name + (c.check().enforced() ? " ENFORCED" : " NOT ENFORCED");
        }
        if (change instanceof Change.SetOptions o) {
            return options(o.options());
        }
        throw new IllegalArgumentException("not a clause of ALTER TABLE: " + change);
    }

    private static String visibility(ServerKind server, boolean invisible) {
        if (server == ServerKind.MARIADB) {
            return invisible ? "IGNORED" : "NOT IGNORED";
        }
        return invisible ? "INVISIBLE" : "VISIBLE";
    }

    private static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .map(e -> CreateTablePrinter.option(e.getKey(), e.getValue()))
                .collect(Collectors.joining(" "));
    }

    /**
     * A column for CREATE and ALTER. One that prints no character set has the table's, and its
     * collation too; naming the collation would make the server print both for ever.
     */
    private static String definition(ServerKind server, Column column) {
        return column.charset() == null
                ? CreateTablePrinter.column(server, column, null, null)
                : CreateTablePrinter.column(server, column);
    }

    private static String place(Change.Position position) {
        if (position == null) {
            return "";
        }
        return position.after() == null ? " FIRST" : " AFTER " + Names.quote(position.after());
    }

    private static List<String> forget(Table table, Change.ForgetCharset forget) {
        List<String> clauses = new ArrayList<>();
        clauses.add("DEFAULT CHARSET=" + forget.charset());
        for (Column column : forget.columns()) {
            clauses.add(
                    "MODIFY COLUMN "
                            + CreateTablePrinter.column(table.server(), column, null, null));
        }
        String collation = table.options().get("COLLATE");
        String back =
                "DEFAULT CHARSET="
                        + table.options().get("DEFAULT CHARSET")
                        + (collation == null ? "" : " COLLATE=" + collation);
        return List.of(alterTable(table.name(), clauses), alterTable(table.name(), List.of(back)));
    }

    public static String addForeignKeys(String table, List<ForeignKey> foreignKeys) {
        return alterTable(
                table,
                foreignKeys.stream().map(f -> "ADD " + CreateTablePrinter.foreignKey(f)).toList());
    }

    /** Drops constraints; {@code changes} are of the kinds DropForeignKey and DropCheck. */
    public static String dropConstraints(ServerKind server, String table, List<Change> changes) {
        return alterTable(table, changes.stream().map(c -> clause(server, c)).toList());
    }

    public static String dropTable(String table) {
        return "DROP TABLE " + Names.quote(table);
    }

    public static String truncate(String table) {
        return TRUNCATE + Names.quote(table);
    }

    public static String drop(StoredObject object) {
        return "DROP " + object.type() + " " + Names.quote(object.name());
    }

    /** Takes a trigger away that may not be there. */
    static String dropTrigger(String name) {
        return "DROP TRIGGER IF EXISTS " + Names.quote(name);
    }

    /** Defaults of the session's schema. */
    public static String alterDatabase(String charset, String collation) {
        return "ALTER DATABASE DEFAULT CHARACTER SET = "
                + charset
                + " DEFAULT COLLATE = "
                + collation;
    }
}
