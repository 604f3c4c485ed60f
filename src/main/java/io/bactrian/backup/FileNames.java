package io.bactrian.backup;

import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of a backup's files, as mydumper forms them. A name that a file may not have, or that its
 * dots would break, goes by a number.
 */
final class FileNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$-]{1,64}");
    private static final String NUMBERED = "mydumper_";

    private final String database;
    private final Map<String, String> tables = new HashMap<>();

    FileNames(Schema schema) {
        database = isPlain(schema.name()) ? schema.name() : NUMBERED + "0";
        int number = 1;
        for (Table table : schema.tables()) {
            tables.put(table.name(), isPlain(table.name()) ? table.name() : NUMBERED + number++);
        }
    }

    private static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches() && !name.startsWith(NUMBERED);
    }

    String database() {
        return database + "-schema-create.sql";
    }

    /** Views, routines and events. */
    String objects() {
        return database + "-schema-post.sql";
    }

    String table(String table) {
        return of(table) + "-schema.sql";
    }

    String triggers(String table) {
        return of(table) + "-schema-triggers.sql";
    }

    String rows(String table, int part) {
        return of(table) + String.format(".%05d.sql", part);
    }

    /** What {@code metadata} calls a table. */
    String section(String table) {
        return '`' + database + "`.`" + tables.get(table) + '`';
    }

    private String of(String table) {
        return database + "." + tables.get(table);
    }
}
