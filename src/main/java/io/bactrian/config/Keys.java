package io.bactrian.config;

import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.DatabaseSettings.Tls;
import io.bactrian.config.LogSettings.Level;
import io.bactrian.config.SyncSettings.Capture;
import io.bactrian.config.SyncSettings.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Every key there is, those everybody needs first. */
public final class Keys {
    private static final ValueType<String> TEXT = ValueType.text("text", Function.identity());
    private static final ValueType<Path> FOLDER =
            ValueType.text("a folder", text -> Path.of(ValueType.name("").parser().apply(text)));
    private static final ValueType<Integer> DAYS = ValueType.number(0, 36_500);
    private static final ValueType<Strategy> STRATEGIES =
            ValueType.oneOf(Strategy.class, Enum::name);

    public static final Key<String> HOST =
            new Key<>(
                    "bactrian.database.<name>.host",
                    "",
                    ValueType.host(),
                    "",
                    "where the server is");
    public static final Key<Integer> PORT =
            new Key<>(
                    "bactrian.database.<name>.port",
                    "3306",
                    ValueType.number(1, 65_535),
                    "",
                    "where the server listens");
    public static final Key<String> USER =
            new Key<>(
                    "bactrian.database.<name>.user",
                    "root",
                    ValueType.name("an account"),
                    "",
                    "account to log in with");
    public static final Key<String> PASSWORD =
            new Key<>(
                    "bactrian.database.<name>.password",
                    "",
                    TEXT,
                    "",
                    "its password; better in the environment or a file",
                    true);
    public static final Key<String> PASSWORD_FILE =
            new Key<>(
                    "bactrian.database.<name>.password-file",
                    "",
                    TEXT,
                    "",
                    "file that holds the password and nothing else");
    public static final Key<String> DATABASE =
            new Key<>(
                    "bactrian.database.<name>.database",
                    "",
                    ValueType.name("the name of a schema"),
                    "",
                    "schema on that server");
    public static final Key<Tls> TLS =
            new Key<>(
                    "bactrian.database.<name>.tls",
                    "preferred",
                    ValueType.oneOf(Tls.class, Keys::dashed),
                    "",
                    "how far the connection is protected");

    public static final Key<String> SOURCE =
            new Key<>(
                    "bactrian.source",
                    "local",
                    ValueType.name("the name of a database"),
                    "",
                    "database that is read");
    public static final Key<String> TARGET =
            new Key<>(
                    "bactrian.target",
                    "remote",
                    ValueType.name("the name of a database"),
                    "",
                    "database that is written");
    public static final Key<TableFilter> TABLES =
            new Key<>(
                    "bactrian.tables",
                    "*",
                    ValueType.text("a comma list of globs such as *,!tmp_*", TableFilter::parse),
                    "",
                    "which tables; !glob leaves out");
    public static final Key<Integer> BATCH_SIZE =
            new Key<>(
                    "bactrian.batch-size",
                    "1000",
                    ValueType.number(1, 100_000),
                    "rows",
                    "rows per written batch");
    public static final Key<Long> CHUNK_BYTES =
            new Key<>(
                    "bactrian.chunk-bytes",
                    "32M",
                    ValueType.size(1, 4L << 30),
                    "bytes",
                    "aimed-at size of one chunk of a table");
    public static final Key<Integer> THREADS =
            new Key<>(
                    "bactrian.threads",
                    "4",
                    ValueType.number(1, 64),
                    "chunks",
                    "chunks copied at the same time");
    public static final Key<Integer> RETRY_ATTEMPTS =
            new Key<>(
                    "bactrian.retry-attempts",
                    "3",
                    ValueType.number(1, 100),
                    "attempts",
                    "how often what fails by accident is tried in all");
    public static final Key<Duration> RETRY_DELAY =
            new Key<>(
                    "bactrian.retry-delay",
                    "1s",
                    ValueType.duration(Duration.ZERO, Duration.ofHours(1)),
                    "duration",
                    "wait before the second attempt; doubles with each further one");
    public static final Key<Duration> CONNECTION_TIMEOUT =
            new Key<>(
                    "bactrian.connection-timeout",
                    "30s",
                    ValueType.duration(Duration.ofMillis(250), Duration.ofHours(1)),
                    "duration",
                    "how long a server may take to answer a connection");

    public static final Key<Path> BACKUP_DIR =
            new Key<>("bactrian.backup.dir", "backups", FOLDER, "folder", "where backups go");
    public static final Key<String> BACKUP_TO =
            new Key<>(
                    "bactrian.backup.to",
                    "",
                    TEXT,
                    "",
                    "Camel endpoint that gets a copy of each backup, such as file:/mnt/backups or sftp:…",
                    true);
    public static final Key<Integer> BACKUP_RETENTION_DAYS =
            new Key<>(
                    "bactrian.backup.retention-days",
                    "30",
                    DAYS,
                    "days",
                    "older backups are pruned; 0 keeps them whatever their age");
    public static final Key<Integer> BACKUP_MAX =
            new Key<>(
                    "bactrian.backup.max-backups",
                    "50",
                    ValueType.number(1, 100_000),
                    "backups",
                    "how many are kept at most");
    public static final Key<Compression> BACKUP_COMPRESSION =
            new Key<>(
                    "bactrian.backup.compression",
                    "zstd",
                    ValueType.oneOf(Compression.class, Keys::dashed),
                    "",
                    "how backup files are packed");

    public static final Key<SyncDirection> SYNC_DIRECTION =
            new Key<>(
                    "bactrian.sync.direction",
                    "BIDIRECTIONAL",
                    ValueType.oneOf(SyncDirection.class, Enum::name),
                    "",
                    "which way changes flow");
    public static final Key<Strategy> SYNC_STRATEGY =
            new Key<>(
                    "bactrian.sync.strategy",
                    "REMOTE_WINS",
                    STRATEGIES,
                    "",
                    "who wins where both sides changed a row");
    public static final Key<Duration> SYNC_INTERVAL =
            new Key<>(
                    "bactrian.sync.interval",
                    "0",
                    ValueType.seconds(604_800),
                    "seconds",
                    "pause between automatic rounds; 0 is not automatic");
    public static final Key<Integer> SYNC_LOG_RETENTION_DAYS =
            new Key<>(
                    "bactrian.sync.log-retention-days",
                    "30",
                    DAYS,
                    "days",
                    "synced log rows older than this are purged");
    public static final Key<Capture> SYNC_CAPTURE =
            new Key<>(
                    "bactrian.sync.capture",
                    "full",
                    ValueType.oneOf(Capture.class, Keys::dashed),
                    "",
                    "what triggers log: whole rows, or their keys alone");
    public static final Key<Strategy> SYNC_TABLE_STRATEGY =
            new Key<>(
                    "bactrian.sync.table.<glob>.strategy",
                    "",
                    STRATEGIES,
                    "",
                    "strategy of some tables; the longest glob that matches decides");

    public static final Key<Level> LOG_LEVEL =
            new Key<>(
                    "bactrian.log-level",
                    "INFO",
                    ValueType.oneOf(Level.class, Enum::name),
                    "",
                    "from which weight on lines are logged");
    public static final Key<Path> LOG_DIR =
            new Key<>(
                    "bactrian.log.dir",
                    "logs",
                    FOLDER,
                    "folder",
                    "where logs and the list of runs go");
    public static final Key<Integer> LOG_RETENTION_DAYS =
            new Key<>(
                    "bactrian.log.retention-days",
                    "30",
                    DAYS,
                    "days",
                    "older log files are deleted; 0 keeps them all");

    public static final Key<String> HTTP_HOST =
            new Key<>(
                    "bactrian.http.host",
                    "127.0.0.1",
                    ValueType.name("a host name or address"),
                    "",
                    "address the daemon answers on; others than loopback need a token");
    public static final Key<Integer> HTTP_PORT =
            new Key<>(
                    "bactrian.http.port",
                    "8080",
                    ValueType.number(0, 65_535),
                    "",
                    "port the daemon answers on; 0 takes a free one");
    public static final Key<String> HTTP_TOKEN =
            new Key<>("bactrian.http.token", "", TEXT, "", "bearer token callers must show", true);

    public static final Key<String> CHUNKS_URI =
            new Key<>(
                    "bactrian.chunks.uri",
                    "direct:chunk",
                    ValueType.name("a Camel endpoint"),
                    "",
                    "channel that carries chunks to their workers");
    public static final Key<Duration> SHUTDOWN_TIMEOUT =
            new Key<>(
                    "bactrian.shutdown-timeout",
                    "30s",
                    ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
                    "duration",
                    "how long work in hand may take to finish when told to stop");

    /** Keys of one database, with {@code <name>} in place of its name. */
    public static final List<Key<?>> OF_DATABASE =
            List.of(HOST, PORT, USER, PASSWORD, PASSWORD_FILE, DATABASE, TLS);

    /** All keys that stand for themselves. */
    public static final List<Key<?>> PLAIN =
            List.of(
                    SOURCE,
                    TARGET,
                    TABLES,
                    BATCH_SIZE,
                    CHUNK_BYTES,
                    THREADS,
                    RETRY_ATTEMPTS,
                    RETRY_DELAY,
                    CONNECTION_TIMEOUT,
                    BACKUP_DIR,
                    BACKUP_TO,
                    BACKUP_RETENTION_DAYS,
                    BACKUP_MAX,
                    BACKUP_COMPRESSION,
                    SYNC_DIRECTION,
                    SYNC_STRATEGY,
                    SYNC_INTERVAL,
                    SYNC_LOG_RETENTION_DAYS,
                    SYNC_CAPTURE,
                    LOG_LEVEL,
                    LOG_DIR,
                    LOG_RETENTION_DAYS,
                    HTTP_HOST,
                    HTTP_PORT,
                    HTTP_TOKEN,
                    CHUNKS_URI,
                    SHUTDOWN_TIMEOUT);

    private Keys() {}

    private static String dashed(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
