package io.bactrian.demo;

import io.bactrian.error.ConnectionException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shared libraries that {@code mysqld} wants from the system. Where the loader misses one they
 * are fetched as Debian or Ubuntu packages into the cache; the system stays as it is.
 */
final class SystemLibraries {

    /**
     * The packages that hold a library, tried in turn: since Debian 13 and Ubuntu 24.04 libaio1 is
     * libaio1t64.
     */
    private static final Map<String, List<String>> PACKAGES =
            Map.of(
                    "libaio.so.1",
                    List.of("libaio1", "libaio1t64"),
                    "libnuma.so.1",
                    List.of("libnuma1"));

    private static final String HINT =
            "install what it misses: apt-get install libaio1 libnuma1 (on Debian 13 and Ubuntu 24.04 libaio1t64), or name"
                    + " servers in BACTRIAN_TEST_SOURCE and BACTRIAN_TEST_TARGET";

    private static final Pattern MISSING =
            Pattern.compile(
                    "error while loading shared libraries: lib(aio|numa)\\.so\\.1: cannot open");

    private SystemLibraries() {}

    /**
     * The folder that has to be on {@code LD_LIBRARY_PATH} for mysqld to start; empty where the
     * system has all.
     *
     * @throws ConnectionException naming what to install, if a library is missing and cannot be
     *     fetched
     */
    static Optional<Path> folderFor(Path mysqld, MachineCache cache) {
        Run alone = version(mysqld, Optional.empty());
        if (alone.ok()) {
            return Optional.empty();
        }
        if (!MISSING.matcher(alone.output()).find()) {
            throw cannotStart(mysqld, alone);
        }
        Optional<Path> folder =
                Optional.of(cache.folder("system-libraries", SystemLibraries::fetch));
        Run helped = version(mysqld, folder);
        if (!helped.ok()) {
            throw cannotStart(mysqld, helped);
        }
        return folder;
    }

    static void addTo(ProcessBuilder builder, Optional<Path> folder) {
        folder.ifPresent(
                added ->
                        builder.environment()
                                .merge(
                                        "LD_LIBRARY_PATH",
                                        added.toString(),
                                        (before, ours) -> ours + File.pathSeparator + before));
    }

    private static Run version(Path mysqld, Optional<Path> folder) {
        ProcessBuilder builder =
                new ProcessBuilder(mysqld.toString(), "--no-defaults", "--version");
        addTo(builder, folder);
        return Run.of(builder);
    }

    private static ConnectionException cannotStart(Path mysqld, Run run) {
        return new ConnectionException(
                mysqld.toString(), "does not start: " + run.output().strip(), HINT);
    }

    private static void fetch(Path folder) throws IOException {
        System.err.println(
                "mysqld needs libraries the system lacks: fetching "
                        + PACKAGES.keySet()
                        + " into "
                        + folder);
        Path work = Files.createDirectory(folder.resolve("work"));
        for (String library : PACKAGES.keySet()) {
            download(library, work);
            Path found =
                    find(library, work)
                            .orElseThrow(
                                    () ->
                                            new ConnectionException(
                                                    library, "is not in its package", HINT));
            Files.copy(found, folder.resolve(library));
        }
        Folders.delete(work);
    }

    /** Unpacks the package of a library, the first that can be had. */
    private static void download(String library, Path work) throws IOException {
        Run run = tryAll(library, work);
        if (!run.ok() && !hasOwnLists(work)) {
            // the system's lists are empty in a fresh container, or old
            Files.createDirectories(work.resolve("lists/partial"));
            Files.createDirectories(work.resolve("archives/partial"));
            aptGet(work, "update");
            run = tryAll(library, work);
        }
        if (!run.ok()) {
            throw new ConnectionException(
                    library,
                    "mysqld needs it, and it cannot be fetched: " + run.output().strip(),
                    HINT);
        }
        unpack(work);
    }

    private static Run tryAll(String library, Path work) {
        Run run = null;
        for (String name : PACKAGES.get(library)) {
            run = aptGet(work, "download", name);
            if (run.ok()) {
                break;
            }
        }
        return run;
    }

    private static boolean hasOwnLists(Path work) {
        return Files.exists(work.resolve("lists"));
    }

    private static Run aptGet(Path work, String... command) {
        // as root it would change to a user who may not write here
        List<String> line =
                new ArrayList<>(List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root"));
        if (hasOwnLists(work)) {
            line.addAll(
                    List.of(
                            "-o",
                            "Dir::State::Lists=" + work.resolve("lists"),
                            "-o",
                            "Dir::Cache=" + work));
        }
        line.addAll(List.of(command));
        return Run.of(work, line);
    }

    private static void unpack(Path work) throws IOException {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(work, "*.deb")) {
            for (Path file : packages) {
                Run run = Run.of(work, List.of("dpkg-deb", "-x", file.toString(), work.toString()));
                if (!run.ok()) {
                    throw new ConnectionException(
                            file.toString(), "cannot be unpacked: " + run.output(), HINT);
                }
            }
        }
    }

    /**
     * A file of that name, or one the name begins: libaio.so.1 is called libaio.so.1t64 since
     * Debian 13.
     */
    static Optional<Path> find(String library, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(library))
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }
}
