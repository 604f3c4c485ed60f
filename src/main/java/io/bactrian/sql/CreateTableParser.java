package io.bactrian.sql;

import io.bactrian.schema.Check;
import io.bactrian.schema.Column;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Index;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of SHOW CREATE TABLE into a {@link Table}. Text it does not know is an {@link
 * IllegalArgumentException}; whether all of a text was understood is shown by {@link
 * CreateTablePrinter}, which must give the same text again.
 */
public final class CreateTableParser {
    private final ServerKind server;
    private final SqlCursor in;
    private final List<Column> columns = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private Long autoIncrement;

    private CreateTableParser(ServerKind server, String text) {
        this.server = server;
        in = new SqlCursor(text);
    }

    /**
     * The table of one SHOW CREATE TABLE text, printed under an sql_mode without ANSI_QUOTES and
     * NO_BACKSLASH_ESCAPES by a server of that kind.
     */
    public static Table parse(ServerKind server, String showCreate) {
        return new CreateTableParser(server, showCreate).table();
    }

    private boolean isMariaDb() {
        return server == ServerKind.MARIADB;
    }

    private Table table() {
        in.expect("CREATE TABLE");
        String name = in.identifier();
        in.expect("(");
        do {
            item();
        } while (in.accept(","));
        in.expect(")");
        while (!in.atEnd() && !isPartitioning()) {
            option();
        }
        String partitioning = in.atEnd() ? null : in.rest();
        return new Table(
                server,
                name,
                columns,
                indexes,
                foreignKeys,
                checks,
                options,
                partitioning,
                autoIncrement);
    }

    private boolean isPartitioning() {
        return in.at("PARTITION BY")
                || in.at("/*!") && in.rest().matches("(?s)/\\*!\\d+ PARTITION BY .*");
    }

    private void item() {
        if (in.at("`")) {
            columns.add(column());
        } else if (in.accept("CONSTRAINT")) {
            String name = in.identifier();
            if (in.accept("CHECK")) {
                checks.add(
                        new Check(name, in.parentheses(), !in.accept("/*!80016 NOT ENFORCED */")));
            } else {
                foreignKeys.add(foreignKey(name));
            }
        } else if (in.accept("PRIMARY KEY")) {
            indexes.add(index(Index.Kind.PRIMARY));
        } else if (in.accept("UNIQUE KEY")) {
            indexes.add(index(Index.Kind.UNIQUE));
        } else if (in.accept("FULLTEXT KEY")) {
            indexes.add(index(Index.Kind.FULLTEXT));
        } else if (in.accept("SPATIAL KEY")) {
            indexes.add(index(Index.Kind.SPATIAL));
        } else {
            in.expect("KEY");
            indexes.add(index(Index.Kind.PLAIN));
        }
    }

    private Column column() {
        String name = in.identifier();
        String type = type();
        String charset = in.accept("CHARACTER SET") ? in.word() : null;
        String collation = in.accept("COLLATE") ? in.word() : null;
        String generated = in.accept("GENERATED ALWAYS AS") ? in.parentheses() : null;
        boolean stored = generated != null && !in.accept("VIRTUAL") && in.accept("STORED");
        String nullability = in.accept("NOT NULL") ? "NOT NULL" : in.accept("NULL") ? "NULL" : null;
        Long srid = null;
        if (in.accept("/*!80003 SRID")) {
            srid = Long.valueOf(in.word());
            in.expect("*/");
        }
        String storage = isMariaDb() ? null : storage();
        boolean invisible = isMariaDb() && in.accept("INVISIBLE");
        String defaultValue = in.accept("DEFAULT") ? value() : null;
        String onUpdate = in.accept("ON UPDATE") ? value() : null;
        boolean counts = in.accept("AUTO_INCREMENT");
        invisible |= in.accept("/*!80023 INVISIBLE */");
        String comment = in.accept("COMMENT") ? in.string() : null;
        if (isMariaDb()) {
            storage = ofMariaDb();
        }
        return new Column(
                name,
                type,
                charset,
                collation,
                generated,
                stored,
                nullability,
                defaultValue,
                onUpdate,
                counts,
                invisible,
                srid,
                comment,
                storage);
    }

    private String type() {
        StringBuilder type = new StringBuilder(in.word());
        if (in.at("(")) {
            type.append('(').append(in.parentheses()).append(')');
        }
        for (String attribute : List.of("unsigned", "zerofill")) {
            if (in.accept(attribute)) {
                type.append(' ').append(attribute);
            }
        }
        if (in.accept("/*M!100301 COMPRESSED*/")) {
            type.append(" /*M!100301 COMPRESSED*/");
        }
        return type.toString();
    }

    /** Engine options and the check of a column, behind all else. */
    private String ofMariaDb() {
        List<String> parts = new ArrayList<>();
        while (in.at("`")) {
            String name = Names.quote(in.identifier());
            in.expect("=");
            parts.add(name + "=" + (in.at("'") ? in.rawString() : in.word()));
        }
        if (in.accept("CHECK")) {
            parts.add("CHECK (" + in.parentheses() + ")");
        }
        return parts.isEmpty() ? null : String.join(" ", parts);
    }

    private String storage() {
        List<String> parts = new ArrayList<>();
        while (in.accept("/*!50606")) {
            parts.add("/*!50606 " + in.word() + " " + in.word() + " */");
            in.expect("*/");
        }
        return parts.isEmpty() ? null : String.join(" ", parts);
    }

    /**
     * A literal with its introducer, a word with its arguments, or an expression in parentheses.
     */
    private String value() {
        String word = in.word();
        if (in.at("'")) {
            return word + in.rawString();
        }
        return in.at("(") ? word + "(" + in.parentheses() + ")" : word;
    }

    private Index index(Index.Kind kind) {
        String name = kind == Index.Kind.PRIMARY ? null : in.identifier();
        List<Index.Part> parts = new ArrayList<>();
        in.expect("(");
        do {
            String expression = in.at("(") ? in.parentheses() : null;
            String column = expression == null ? in.identifier() : null;
            Integer prefix =
                    column != null && in.at("(") ? Integer.valueOf(in.parentheses()) : null;
            parts.add(new Index.Part(column, prefix, expression, in.accept("DESC")));
        } while (in.accept(","));
        in.expect(")");
        List<String> options = new ArrayList<>();
        for (String option = indexOption(); option != null; option = indexOption()) {
            options.add(option);
        }
        return new Index(kind, name, parts, options);
    }

    private String indexOption() {
        if (in.accept("USING")) {
            return "USING " + in.word();
        }
        if (in.accept("KEY_BLOCK_SIZE=")) {
            return "KEY_BLOCK_SIZE=" + in.word();
        }
        if (in.accept("COMMENT")) {
            return "COMMENT " + in.rawString();
        }
        if (in.accept("/*!50100 WITH PARSER")) {
            String parser = "WITH PARSER " + Names.quote(in.identifier());
            in.expect("*/");
            return parser;
        }
        return in.accept(isMariaDb() ? "IGNORED" : "/*!80000 INVISIBLE */")
                ? Index.INVISIBLE
                : null;
    }

    private ForeignKey foreignKey(String name) {
        in.expect("FOREIGN KEY");
        List<String> columns = names();
        if (isMariaDb()) {
            requireColumns(name, columns);
        }
        in.expect("REFERENCES");
        String parent = in.identifier();
        String schema = null;
        if (in.accept(".")) {
            schema = parent;
            parent = in.identifier();
        }
        List<String> parentColumns = names();
        String onDelete = in.accept("ON DELETE") ? action() : null;
        String onUpdate = in.accept("ON UPDATE") ? action() : null;
        return new ForeignKey(name, columns, schema, parent, parentColumns, onDelete, onUpdate);
    }

    /** MariaDB 11.4.5 prints the backticks of these names once: two that adjoin read as one. */
    private void requireColumns(String foreignKey, List<String> names) {
        for (String name : names) {
            if (columns.stream().noneMatch(c -> c.name().equalsIgnoreCase(name))) {
                throw new IllegalArgumentException(
                        "foreign key " + foreignKey + " is of " + name + ", which is no column");
            }
        }
    }

    private String action() {
        String word = in.word();
        return word.equals("SET") || word.equals("NO") ? word + " " + in.word() : word;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        in.expect("(");
        do {
            names.add(in.identifier());
        } while (in.accept(","));
        in.expect(")");
        return names;
    }

    private void option() {
        if (in.accept("/*!50100 TABLESPACE")) {
            options.put("TABLESPACE", Names.quote(in.identifier()));
            in.expect("*/");
        } else if (in.accept("/*!80023 AUTOEXTEND_SIZE=")) {
            options.put("AUTOEXTEND_SIZE", in.word());
            in.expect("*/");
        } else if (in.accept("/*!80016 ENCRYPTION=")) {
            options.put("ENCRYPTION", in.rawString());
            in.expect("*/");
        } else {
            StringBuilder name =
                    new StringBuilder(in.at("`") ? Names.quote(in.identifier()) : in.word());
            while (!in.at("=")) {
                String word = in.word();
                if (word.isEmpty()) {
                    throw in.unexpected("a table option");
                }
                name.append(' ').append(word);
            }
            in.expect("=");
            String value =
                    in.at("'")
                            ? in.rawString()
                            : in.at("(") ? "(" + in.parentheses() + ")" : in.word();
            if (name.toString().equals("AUTO_INCREMENT")) {
                autoIncrement = Long.parseUnsignedLong(value);
            } else {
                options.put(name.toString(), value);
            }
        }
    }
}
