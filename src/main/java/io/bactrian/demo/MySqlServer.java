package io.bactrian.demo;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away server, of MySQL 8.0 if nothing else is said, with a data folder and port of its
 * own, reachable on this machine only. It can be stopped, killed and started again, on the same
 * data and port, until {@link #close}; nothing of it outlives the JVM.
 */
public final class MySqlServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Set<MySqlServer> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    endUsers();
                                    RUNNING.forEach(MySqlServer::close);
                                },
                                "stop MySQL"));
    }

    private static final Deque<Runnable> USERS = new ArrayDeque<>();

    /** Has what uses servers ended before they stop with the program. */
    public static synchronized void beforeTheEnd(Runnable end) {
        USERS.push(end);
    }

    static synchronized void endUsers() {
        while (!USERS.isEmpty()) {
            USERS.pop().run();
        }
    }

    private final Distribution distribution;
    private final Path folder;
    private final MySqlPair.Server address;
    private List<String> arguments;
    private Process process;

    private MySqlServer(Distribution distribution, Path folder, List<String> arguments, int port) {
        this.distribution = distribution;
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
        this.address = new MySqlPair.Server("127.0.0.1", port, "root", "");
    }

    /**
     * A running server.
     *
     * @param arguments for {@code mysqld}, such as {@code --local-infile=OFF}; they come after its
     *     own and so win
     */
    public static MySqlServer launch(String... arguments) {
        return launchIn(Path.of(System.getProperty("java.io.tmpdir")), arguments);
    }

    /**
     * A running server that keeps all its files in a new folder below {@code parent}, such as a
     * small file system.
     */
    public static MySqlServer launchIn(Path parent, String... arguments) {
        MySqlServer server = prepare(parent, List.of(arguments));
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** A server that has its data folder but does not run yet. */
    static MySqlServer prepare(Path parent, List<String> arguments) {
        return prepare(MySqlDistribution.ofUser(), parent, arguments);
    }

    /** The same with the programs of another kind or version of server. */
    static MySqlServer prepare(Distribution distribution, Path parent, List<String> arguments) {
        Leftovers.removeOnce(parent);
        try {
            Path folder = Leftovers.newFolder(parent);
            MySqlServer server = new MySqlServer(distribution, folder, arguments, freePort());
            RUNNING.add(server);
            try {
                distribution.copyEmptyData(server.data());
                Files.createDirectory(folder.resolve("tmp"));
                return server;
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ConnectionException(
                    parent.toString(),
                    "the data folder of a server cannot be made: " + e,
                    "free 500 MB there, or name another folder: java -Djava.io.tmpdir=…",
                    false,
                    e);
        }
    }

    public MySqlPair.Server address() {
        return address;
    }

    /** The folder with the server's tables, logs and keys. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Starts it, if it does not run, and waits until it answers. */
    public synchronized void start() {
        begin();
        awaitAnswer();
    }

    synchronized void begin() {
        if (process != null && process.isAlive()) {
            return;
        }
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--port=" + address.port(),
                                "--bind-address=" + address.host(),
                                // below the data folder, where a long path does not matter
                                "--socket=mysqld.sock",
                                "--pid-file=mysqld.pid",
                                "--tmpdir=" + folder.resolve("tmp"),
                                "--server-id=" + address.port(),
                                "--log-bin=binlog",
                                "--log-bin-trust-function-creators=ON",
                                "--local-infile=ON",
                                "--innodb-buffer-pool-size=128M"));
        all.addAll(arguments);
        try {
            process =
                    distribution
                            .server(data(), all)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
        } catch (IOException e) {
            throw failure("cannot be started: " + e.getMessage(), e);
        }
    }

    synchronized void awaitAnswer() {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try (Connection connection = address.open("")) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive()) {
                    throw failure(
                            "ended while it started, with exit code " + process.exitValue(), e);
                }
                if (System.nanoTime() > deadline) {
                    kill();
                    throw failure("does not answer within " + START.toSeconds() + " s", e);
                }
                pause(e);
            }
        }
    }

    /** Shuts it down in order; what was committed is there after {@link #start}. */
    public synchronized void stop() {
        signal();
        end(STOP);
    }

    /** Ends it at once, as a power cut would. */
    public synchronized void kill() {
        end(Duration.ZERO);
    }

    /** Stops it, if it runs, and starts it on the same data and port, with the same arguments. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** As {@link #restart()}, with these arguments instead of those it was launched with. */
    public synchronized void restartWith(String... newArguments) {
        arguments = List.of(newArguments);
        restart();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Ends it at once and deletes its data. */
    @Override
    public synchronized void close() {
        kill();
        RUNNING.remove(this);
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("cannot delete " + folder + ": " + e.getMessage());
        }
    }

    /** Asks it to shut down, without waiting. */
    synchronized void signal() {
        if (process != null) {
            process.destroy();
        }
    }

    private void end(Duration patience) {
        if (process == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(SQLException reason) {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(
                    "mysqld", "interrupted while it started", "", false, reason);
        }
    }

    private Path log() {
        return folder.resolve("mysqld.log");
    }

    private ConnectionException failure(String what, Exception cause) {
        String tail;
        try {
            List<String> lines =
                    List.of(Files.readString(log(), StandardCharsets.ISO_8859_1).split("\n"));
            tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            tail = "(it left no log)";
        }
        return new ConnectionException("mysqld " + folder, what + "\n" + tail, "", false, cause);
    }

    /**
     * A port below those that systems give to outgoing connections: none of these can take it while
     * the server is down.
     */
    private static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
                return port;
            } catch (IOException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }
}
