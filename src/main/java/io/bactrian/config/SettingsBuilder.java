package io.bactrian.config;

import io.bactrian.config.LoadedSettings.Effective;
import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what was written into settings, and notes what holds and why. Used once. */
final class SettingsBuilder {
    private static final String MASK = "***";

    /** Servers take far fewer. */
    private static final int MOST_OF_PASSWORD = 4096;

    private final GivenSettings given;
    private final Path file;
    private final List<Effective> effective = new ArrayList<>();

    SettingsBuilder(GivenSettings given, Path file) {
        this.given = given;
        this.file = file;
    }

    LoadedSettings build() {
        Map<String, DatabaseSettings> databases = new LinkedHashMap<>();
        given.databases().forEach(name -> databases.put(name, database(name)));
        Settings settings =
                new Settings(
                        databases,
                        value(Keys.SOURCE),
                        value(Keys.TARGET),
                        value(Keys.TABLES),
                        new CopySettings(
                                value(Keys.BATCH_SIZE),
                                value(Keys.CHUNK_BYTES),
                                value(Keys.THREADS)),
                        new RetrySettings(value(Keys.RETRY_ATTEMPTS), value(Keys.RETRY_DELAY)),
                        value(Keys.CONNECTION_TIMEOUT),
                        new BackupSettings(
                                value(Keys.BACKUP_DIR),
                                value(Keys.BACKUP_RETENTION_DAYS),
                                value(Keys.BACKUP_MAX),
                                value(Keys.BACKUP_COMPRESSION),
                                value(Keys.BACKUP_TO)),
                        sync(),
                        new LogSettings(
                                value(Keys.LOG_LEVEL),
                                value(Keys.LOG_DIR),
                                value(Keys.LOG_RETENTION_DAYS)),
                        new HttpSettings(
                                value(Keys.HTTP_HOST),
                                value(Keys.HTTP_PORT),
                                value(Keys.HTTP_TOKEN)),
                        value(Keys.CHUNKS_URI),
                        value(Keys.SHUTDOWN_TIMEOUT));
        return new LoadedSettings(settings, file, effective);
    }

    private DatabaseSettings database(String name) {
        return new DatabaseSettings(
                name,
                optional(Keys.HOST.withDefault(name, name.equals("local") ? "localhost" : "")),
                value(Keys.PORT.of(name)),
                value(Keys.USER.of(name)),
                password(name),
                optional(
                        Keys.DATABASE.withDefault(
                                name, DatabaseNames.isStandard(name) ? "controlix_" + name : "")),
                value(Keys.TLS.of(name)));
    }

    private String password(String name) {
        String password = value(Keys.PASSWORD.of(name));
        Key<String> key = Keys.PASSWORD_FILE.of(name);
        String path = value(key);
        if (path.isEmpty()) {
            return password;
        }
        try {
            return SmallFile.read(Path.of(path), MOST_OF_PASSWORD).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException(
                    key.name(),
                    "names " + path + ", which cannot be read: " + FileErrors.reason(e),
                    "name a file that holds the password and nothing else",
                    e);
        }
    }

    private SyncSettings sync() {
        SyncDirection direction = value(Keys.SYNC_DIRECTION);
        SyncSettings.Strategy strategy = value(Keys.SYNC_STRATEGY);
        var interval = value(Keys.SYNC_INTERVAL);
        int days = value(Keys.SYNC_LOG_RETENTION_DAYS);
        Map<TableFilter, SyncSettings.Strategy> ofTables = new LinkedHashMap<>();
        given.tableStrategies()
                .forEach((glob, key) -> ofTables.put(new TableFilter(List.of(glob)), value(key)));
        return new SyncSettings(
                direction, strategy, interval, days, value(Keys.SYNC_CAPTURE), ofTables);
    }

    /** A value that may be missing until somebody needs it. */
    private String optional(Key<String> key) {
        return given.get(key) == null && key.defaultValue().isEmpty() ? note(key, "") : value(key);
    }

    private <T> T value(Key<T> key) {
        Given written = given.get(key);
        // blanks behind a value are easily left in a file; in a password they may be meant
        String text =
                written == null
                        ? key.defaultValue()
                        : key.secret() ? written.value() : written.value().strip();
        note(key, text);
        try {
            return key.type().parser().apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw impossible(key, text, written);
        }
    }

    private String note(Key<?> key, String text) {
        Given written = given.get(key);
        String shown = key.secret() && !text.isEmpty() ? MASK : text;
        effective.add(
                new Effective(key.name(), shown, written == null ? "default" : written.origin()));
        return text;
    }

    private static ConfigException impossible(Key<?> key, String text, Given written) {
        return new ConfigException(
                key.name(),
                "'"
                        + (key.secret() ? MASK : text)
                        + "' is impossible ("
                        + (written == null ? "default" : written.origin())
                        + "); wanted "
                        + key.type().wanted(),
                written == null ? "set it" : "mend it, or leave it out to get the default");
    }
}
