package io.bactrian.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names of databases as they are part of keys and of variables. */
final class DatabaseNames {
    static final List<String> STANDARD = List.of("local", "remote");
    static final String PREFIX = "bactrian.database.";

    private DatabaseNames() {}

    static boolean isStandard(String name) {
        return STANDARD.contains(name);
    }

    /** The short variable of a standard database: {@code MYSQL_REMOTE_HOST}. */
    static String variable(String name, Key<?> key) {
        return Key.environmentOf("mysql." + name + "." + part(key));
    }

    /** The last part of a database key: {@code host}. */
    static String part(Key<?> key) {
        return key.name().substring(key.name().lastIndexOf('.') + 1);
    }

    /** The database a key belongs to, or null for a key of another form or an odd name. */
    static String of(String key) {
        int end = key.lastIndexOf('.');
        if (!key.startsWith(PREFIX) || end <= PREFIX.length()) {
            return null;
        }
        String name = key.substring(PREFIX.length(), end);
        return name.matches("[A-Za-z0-9_-]+") ? name : null;
    }

    /**
     * The key a {@code BACTRIAN_DATABASE_…} variable sets, or null if it ends in no known part. Its
     * database is the known one that is written so, else the name in lower case.
     */
    static String keyOf(String variable, Collection<String> known) {
        for (Key<?> key : longestPartFirst()) {
            String end = "_" + Key.environmentOf(part(key));
            int start = PREFIX.length();
            if (variable.endsWith(end) && variable.length() > start + end.length()) {
                String written = variable.substring(start, variable.length() - end.length());
                return key.of(nameOf(written, known)).name();
            }
        }
        return null;
    }

    private static String nameOf(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> Key.environmentOf(name).equals(written))
                .findFirst()
                .orElse(written.toLowerCase(Locale.ROOT));
    }

    private static List<Key<?>> longestPartFirst() {
        return Keys.OF_DATABASE.stream()
                .sorted(Comparator.comparing(k -> -k.name().length()))
                .toList();
    }
}
