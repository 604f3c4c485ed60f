package io.bactrian.config;

import io.bactrian.error.ConfigException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was written in file, environment and command line, by key. Layers are put on from the
 * weakest to the strongest. No check of values here, only of keys.
 */
final class GivenSettings {
    private static final String PREFIX = "bactrian.";
    private static final String TABLE_PREFIX = "bactrian.sync.table.";
    private static final String TABLE_SUFFIX = ".strategy";

    /** Variables of the launcher, the tests and the benchmark, which set nothing here. */
    private static final Set<String> FOREIGN =
            Set.of("BACTRIAN_CACHE", "BACTRIAN_HOME", "BACTRIAN_JAVA_OPTS");

    private static final List<String> FOREIGN_PREFIXES =
            List.of("BACTRIAN_TEST_", "BACTRIAN_BENCH_");

    private final Map<String, Given> values = new TreeMap<>();

    /** Puts keys on; those of others than this program are left alone. */
    void put(Map<String, String> layer, String origin) {
        Map<String, Given> given = new TreeMap<>();
        layer.forEach(
                (key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        requireKnown(key, origin);
                        given.put(key, new Given(value, origin));
                    }
                });
        putOver(given);
    }

    /** Puts the variables of an environment on; an empty one is not set, but for passwords. */
    void putEnvironment(Map<String, String> environment) {
        Map<String, Given> given = new TreeMap<>();
        DatabaseNames.STANDARD.forEach(
                name ->
                        Keys.OF_DATABASE.forEach(
                                key -> {
                                    String variable = DatabaseNames.variable(name, key);
                                    putVariable(given, key.of(name).name(), variable, environment);
                                }));
        new TreeMap<>(environment)
                .keySet().stream()
                        .filter(GivenSettings::isOurs)
                        .forEach(v -> putVariable(given, keyOf(v), v, environment));
        putOver(given);
    }

    private static void putVariable(
            Map<String, Given> given, String key, String variable, Map<String, String> from) {
        String value = from.get(variable);
        if (value != null && (!value.isBlank() || key.endsWith(".password"))) {
            given.put(key, new Given(value, "environment " + variable));
        }
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("BACTRIAN_")
                && !FOREIGN.contains(variable)
                && FOREIGN_PREFIXES.stream().noneMatch(variable::startsWith);
    }

    private String keyOf(String variable) {
        for (Key<?> key : Keys.PLAIN) {
            if (key.environment().equals(variable)) {
                return key.name();
            }
        }
        String key = null;
        if (variable.startsWith(Key.environmentOf(DatabaseNames.PREFIX))) {
            key = DatabaseNames.keyOf(variable, databases());
        }
        if (key == null) {
            throw unknown(
                    variable,
                    "environment",
                    Keys.PLAIN.stream().map(Key::environment).collect(Collectors.toSet()));
        }
        return key;
    }

    /**
     * A password of a stronger layer also wins over the password file of a weaker one, and the
     * other way round.
     */
    private void putOver(Map<String, Given> layer) {
        for (String name : databasesOf(layer.keySet())) {
            String password = Keys.PASSWORD.of(name).name();
            String file = Keys.PASSWORD_FILE.of(name).name();
            if (layer.containsKey(file)
                    && layer.containsKey(password)
                    && layer.get(password).value().isEmpty()) {
                layer.remove(password);
            }
            if (layer.containsKey(password) && layer.containsKey(file)) {
                throw new ConfigException(
                        file,
                        "and the password itself are both set, at "
                                + layer.get(file).origin()
                                + " and "
                                + layer.get(password).origin(),
                        "keep one of them");
            }
            if (layer.containsKey(password)) {
                values.remove(file);
            } else if (layer.containsKey(file)) {
                values.remove(password);
            }
        }
        values.putAll(layer);
    }

    /** Null if nobody wrote it. */
    Given get(Key<?> key) {
        return values.get(key.name());
    }

    /** All databases that are named, {@code local} and {@code remote} first. */
    Set<String> databases() {
        Set<String> names = new LinkedHashSet<>(DatabaseNames.STANDARD);
        names.addAll(databasesOf(values.keySet()));
        return names;
    }

    private static Set<String> databasesOf(Set<String> keys) {
        return keys.stream()
                .map(DatabaseNames::of)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys of strategies for some tables, by glob. */
    Map<String, Key<SyncSettings.Strategy>> tableStrategies() {
        Map<String, Key<SyncSettings.Strategy>> found = new LinkedHashMap<>();
        values.keySet().stream()
                .filter(GivenSettings::isTableStrategy)
                .forEach(
                        key -> {
                            String glob =
                                    key.substring(
                                            TABLE_PREFIX.length(),
                                            key.length() - TABLE_SUFFIX.length());
                            found.put(glob, Keys.SYNC_TABLE_STRATEGY.named(key));
                        });
        return found;
    }

    private static boolean isTableStrategy(String key) {
        return key.startsWith(TABLE_PREFIX)
                && key.endsWith(TABLE_SUFFIX)
                && key.length() > TABLE_PREFIX.length() + TABLE_SUFFIX.length();
    }

    private static void requireKnown(String key, String origin) {
        String database = DatabaseNames.of(key);
        Set<String> known =
                Stream.concat(
                                Keys.PLAIN.stream(),
                                Keys.OF_DATABASE.stream()
                                        .map(k -> k.of(database == null ? "<name>" : database)))
                        .map(Key::name)
                        .collect(Collectors.toSet());
        if (key.contains("<") || !known.contains(key) && !isTableStrategy(key)) {
            throw unknown(key, origin, known);
        }
    }

    private static ConfigException unknown(String key, String origin, Set<String> known) {
        String near = Nearest.to(key, known);
        return new ConfigException(
                key,
                "is no setting of Bactrian (" + origin + ")",
                near == null
                        ? "the application.properties that comes with Bactrian lists every key"
                        : "did you mean " + near + "?");
    }
}
