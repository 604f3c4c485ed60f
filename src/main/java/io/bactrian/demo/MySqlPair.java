package io.bactrian.demo;

import com.mysql.cj.jdbc.Driver;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ConnectionException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two running MySQL servers for the demo and for tests: those named in {@code BACTRIAN_TEST_SOURCE}
 * and {@code BACTRIAN_TEST_TARGET}, else two Docker containers if an engine answers, else two
 * {@link MySqlServer}s.
 */
public final class MySqlPair implements AutoCloseable {

    private static final String SOURCE = "BACTRIAN_TEST_SOURCE";
    private static final String TARGET = "BACTRIAN_TEST_TARGET";
    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final String JVM = UUID.randomUUID().toString().substring(0, 8);

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?:(?<user>[^:@]+)(?::(?<password>.*))?@)?(?<host>[^:@/\\s]+|\\[[0-9a-fA-F:.]+])(?::(?<port>[0-9]{1,5}))?");

    private static MySqlPair shared;

    private final Server source;
    private final Server target;
    private final Optional<Runnable> stop;
    private final List<String> schemas = new CopyOnWriteArrayList<>();

    /**
     * @param stop ends the servers; empty where they were there before and stay
     */
    private MySqlPair(Server source, Server target, Optional<Runnable> stop) {
        this.source = source;
        this.target = target;
        this.stop = stop;
    }

    /** Where a server is and who may do all there. */
    public record Server(String host, int port, String user, String password) {

        /**
         * A connection that may run several statements in one string.
         *
         * @param schema the one in use; empty for none
         */
        public Connection connect(String schema) {
            try {
                return open(schema);
            } catch (SQLException e) {
                throw new ConnectionException(
                        toString(),
                        "no connection: " + e.getMessage(),
                        "look whether the server runs and the account is right",
                        false,
                        e);
            }
        }

        /** Runs statements, each without result. */
        public void execute(String schema, String... statements) {
            try (Connection connection = connect(schema);
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                    // an error of a later statement in the string comes only with its result
                    while (statement.getMoreResults() || statement.getUpdateCount() != -1) {}
                }
            } catch (SQLException e) {
                throw new ConnectionException(toString(), e.getMessage(), "", false, e);
            }
        }

        /** Reads {@code user:password@host:port}, of which only the host has to be there. */
        static Server parse(String variable, String text) {
            Matcher address = ADDRESS.matcher(text.strip());
            if (!address.matches()) {
                // the value may hold a password
                throw new ConfigException(
                        variable,
                        text.isBlank()
                                ? "is not set, though its counterpart is"
                                : "is not an address of a server",
                        "set "
                                + SOURCE
                                + " and "
                                + TARGET
                                + " to user:password@host:port, or neither");
            }
            return new Server(
                    address.group("host"),
                    Integer.parseInt(Objects.requireNonNullElse(address.group("port"), "3306")),
                    Objects.requireNonNullElse(address.group("user"), "root"),
                    Objects.requireNonNullElse(address.group("password"), ""));
        }

        Connection open(String schema) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("allowPublicKeyRetrieval", "true");
            properties.setProperty("allowMultiQueries", "true");
            // braces in a name are no escapes
            properties.setProperty("enableEscapeProcessing", "false");
            properties.setProperty("connectTimeout", "10000");
            String path = URLEncoder.encode(schema, StandardCharsets.UTF_8).replace("+", "%20");
            // not through DriverManager, which would load the driver of Testcontainers too
            return new Driver()
                    .connect("jdbc:mysql://" + host + ":" + port + "/" + path, properties);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user + "@" + host + ":" + port;
        }
    }

    /** A pair of its own for the caller, who closes it. */
    public static MySqlPair open() {
        return named(System.getenv())
                .orElseGet(() -> Containers.available() ? inContainers() : throwAway());
    }

    /** The one pair of this JVM, opened by the first call and closed when the JVM ends. */
    public static synchronized MySqlPair shared() {
        if (shared == null) {
            shared = open();
            MySqlPair ending = shared;
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        MySqlServer.endUsers();
                                        ending.close();
                                    },
                                    "close MySQL pair"));
        }
        return shared;
    }

    /** The servers the environment names; empty where it names none. */
    static Optional<MySqlPair> named(Map<String, String> environment) {
        String source = environment.getOrDefault(SOURCE, "");
        String target = environment.getOrDefault(TARGET, "");
        if (source.isBlank() && target.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                new MySqlPair(
                        Server.parse(SOURCE, source),
                        Server.parse(TARGET, target),
                        Optional.empty()));
    }

    private static MySqlPair inContainers() {
        Containers containers = Containers.start();
        return new MySqlPair(
                containers.source(), containers.target(), Optional.of(containers::close));
    }

    private static MySqlPair throwAway() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        MySqlServer source = MySqlServer.prepare(parent, List.of());
        MySqlServer target = MySqlServer.prepare(parent, List.of());
        Runnable stop =
                () -> {
                    target.signal();
                    source.close();
                    target.close();
                };
        try {
            source.begin();
            target.start();
            source.awaitAnswer();
            return new MySqlPair(source.address(), target.address(), Optional.of(stop));
        } catch (RuntimeException e) {
            stop.run();
            throw e;
        }
    }

    public Server source() {
        return source;
    }

    public Server target() {
        return target;
    }

    /**
     * Makes an empty schema of one name on both servers; {@link #close} drops it.
     *
     * @param prefix how the name begins: small letters, digits and underscores
     * @return the name, which no other call has given
     */
    public String createSchema(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new ConfigException(prefix, "the prefix of a schema has to match " + PREFIX, "");
        }
        // servers of our own hold nobody else's schemas
        String name =
                prefix + (stop.isPresent() ? "_" : "_" + JVM + "_") + SCHEMAS.incrementAndGet();
        for (Server server : List.of(source, target)) {
            server.execute("", "CREATE SCHEMA " + name);
        }
        schemas.add(name);
        return name;
    }

    /** Ends the servers it started; from others it drops the schemas it made. */
    @Override
    public void close() {
        stop.ifPresentOrElse(Runnable::run, this::dropSchemas);
    }

    private void dropSchemas() {
        for (String name : schemas) {
            for (Server server : List.of(source, target)) {
                server.execute("", "DROP SCHEMA IF EXISTS " + name);
            }
        }
        schemas.clear();
    }
}
