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
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The shared libraries that a MySQL program wants from the system. Where the loader misses one they
 * are fetched as Debian or Ubuntu packages into the cache; the system stays as it is.
 */
enum SystemLibraries {

    /** Those of {@code mysqld}; since Debian 13 and Ubuntu 24.04 libaio1 is libaio1t64. */
    SERVER(
            "system-libraries",
            Map.of(
                    "libaio.so.1",
                    List.of("libaio1", "libaio1t64"),
                    "libnuma.so.1",
                    List.of("libnuma1")),
            "install what it misses: apt-get install libaio1 libnuma1 (on Debian 13 and Ubuntu 24.04 libaio1t64), or name"
                    + " servers in BACTRIAN_TEST_SOURCE and BACTRIAN_TEST_TARGET"),

    /** Those of {@code mysql}. */
    CLIENT(
            "client-libraries",
            Map.of(
                    "libncurses.so.6",
                    List.of("libncurses6"),
                    "libtinfo.so.6",
                    List.of("libtinfo6")),
            "install what it misses: apt-get install libncurses6 libtinfo6");

    private final String folder;
    private final Map<String, List<String>> packages;
    private final String hint;

    /**
     * @param folder where they are in the cache
     * @param packages that hold a library, tried in turn
     * @param hint what helps where they cannot be fetched
     */
    SystemLibraries(String folder, Map<String, List<String>> packages, String hint) {
        this.folder = folder;
        this.packages = packages;
        this.hint = hint;
    }

    /**
     * The folder that has to be on {@code LD_LIBRARY_PATH} for the program to start; empty where
     * the system has all.
     *
     * @throws ConnectionException naming what to install, if a library is missing and cannot be
     *     fetched
     */
    Optional<Path> folderFor(Path program, MachineCache cache) {
        Run alone = version(program, Optional.empty());
        if (alone.ok()) {
            return Optional.empty();
        }
        if (packages.keySet().stream().noneMatch(library -> misses(alone, library))) {
            throw cannotStart(program, alone);
        }
        Optional<Path> fetched = Optional.of(cache.folder(folder, this::fetch));
        Run helped = version(program, fetched);
        if (!helped.ok()) {
            throw cannotStart(program, helped);
        }
        return fetched;
    }

    private static boolean misses(Run run, String library) {
        return run.output()
                .contains("error while loading shared libraries: " + library + ": cannot open");
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

    private static Run version(Path program, Optional<Path> folder) {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "--no-defaults", "--version");
        addTo(builder, folder);
        return Run.of(builder);
    }

    private ConnectionException cannotStart(Path program, Run run) {
        return new ConnectionException(
                program.toString(), "does not start: " + run.output().strip(), hint);
    }

    private void fetch(Path into) throws IOException {
        System.err.println(
                "MySQL needs libraries the system lacks: fetching "
                        + new TreeSet<>(packages.keySet())
                        + " into "
                        + into);
        Path work = Files.createDirectory(into.resolve("work"));
        for (String library : packages.keySet()) {
            download(library, work);
            Path found =
                    find(library, work)
                            .orElseThrow(
                                    () ->
                                            new ConnectionException(
                                                    library, "is not in its package", hint));
            Files.copy(found, into.resolve(library));
        }
        Folders.delete(work);
    }

    /** Unpacks the package of a library, the first that can be had. */
    private void download(String library, Path work) throws IOException {
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
                    "MySQL needs it, and it cannot be fetched: " + run.output().strip(),
                    hint);
        }
        unpack(work);
    }

    private Run tryAll(String library, Path work) {
        Run run = null;
        for (String name : packages.get(library)) {
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

    private void unpack(Path work) throws IOException {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(work, "*.deb")) {
            for (Path file : packages) {
                Run run = Run.of(work, List.of("dpkg-deb", "-x", file.toString(), work.toString()));
                if (!run.ok()) {
                    throw new ConnectionException(
                            file.toString(), "cannot be unpacked: " + run.output(), hint);
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
