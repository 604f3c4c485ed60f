package io.bactrian.config;

import java.util.Locale;

/**
 * One setting: all that loader, {@code bactrian config} and the documentation know of it.
 *
 * @param name as written in a file; {@code <name>} stands for a database, {@code <glob>} for tables
 * @param defaultValue as it would be written; empty for none
 * @param unit what a number counts, or empty
 * @param meaning what it does, in a few words
 * @param secret whether its value is never shown
 */
public record Key<T>(
        String name,
        String defaultValue,
        ValueType<T> type,
        String unit,
        String meaning,
        boolean secret) {

    Key(String name, String defaultValue, ValueType<T> type, String unit, String meaning) {
        this(name, defaultValue, type, unit, meaning, false);
    }

    /** The variable that sets it: {@code BACTRIAN_BATCH_SIZE} for {@code bactrian.batch-size}. */
    public String environment() {
        return environmentOf(name);
    }

    static String environmentOf(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** This key of one database. */
    Key<T> of(String database) {
        return withDefault(database, defaultValue);
    }

    /** The same key under a name that stands for itself. */
    Key<T> named(String otherName) {
        return new Key<>(otherName, defaultValue, type, unit, meaning, secret);
    }

    Key<T> withDefault(String database, String otherDefault) {
        return new Key<>(
                name.replace("<name>", database), otherDefault, type, unit, meaning, secret);
    }
}
