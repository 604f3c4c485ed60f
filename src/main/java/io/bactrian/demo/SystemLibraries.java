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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shared libraries that {@code mysqld} wants from the system. Those the loader does not find
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

    private static final Pattern MISSING =
            Pattern.compile(
                    "error while loading shared libraries: ([^:\\s]+): cannot open shared object file");

    private final MachineCache cache;

    SystemLibraries(MachineCache cache) {
        this.cache = cache;
    }

    /**
     * The folders that have to be on {@code LD_LIBRARY_PATH} for the program to start; empty where
     * the system has all.
     *
     * @throws ConnectionException naming what to install, if a library is missing and cannot be
     *     fetched
     */
    List<Path> foldersFor(Path program) {
        List<Path> folders = new ArrayList<>();
        for (int left = PACKAGES.size(); ; left--) {
            ProcessBuilder version =
                    new ProcessBuilder(program.toString(), "--no-defaults", "--version");
            extendPath(version, folders);
            Run run = Run.of(version);
            if (run.ok()) {
                return List.copyOf(folders);
            }
            Matcher missing = MISSING.matcher(run.output());
            if (left == 0 || !missing.find()) {
                throw new ConnectionException(
                        program.toString(),
                        "does not start: " + run.output().strip(),
                        "install what it misses, or name servers in BACTRIAN_TEST_SOURCE and BACTRIAN_TEST_TARGET");
            }
            folders.add(fetch(missing.group(1)));
        }
    }

    static void extendPath(ProcessBuilder builder, List<Path> folders) {
        if (folders.isEmpty()) {
            return;
        }
        String path =
                folders.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        builder.environment()
                .merge(
                        "LD_LIBRARY_PATH",
                        path,
                        (before, ours) -> ours + File.pathSeparator + before);
    }

    private Path fetch(String library) {
        List<String> packages = PACKAGES.getOrDefault(library, List.of());
        return cache.folder(
                library,
                folder -> {
                    System.err.println(
                            "mysqld needs "
                                    + library
                                    + ", which the system lacks: fetching it into "
                                    + folder);
                    Path unpacked = Files.createDirectory(folder.resolve("package"));
                    String tried = download(packages, unpacked);
                    List<Path> found = find(library, unpacked);
                    if (found.isEmpty()) {
                        throw new ConnectionException(
                                library,
                                "mysqld needs it, the system lacks it, and it could not be fetched"
                                        + tried,
                                packages.isEmpty()
                                        ? "install the package that holds it"
                                        : "install it: apt-get install "
                                                + String.join(" (on newer systems: ", packages)
                                                + (packages.size() > 1 ? ")" : ""));
                    }
                    Files.copy(found.get(0), folder.resolve(library));
                    Folders.delete(unpacked);
                });
    }

    /** Unpacks the first of the packages that can be had; else gives what apt-get said. */
    private static String download(List<String> packages, Path folder) throws IOException {
        String said = "";
        // the lists of a fresh container are empty or old: the second try reads new ones, into this
        // folder
        for (boolean ownLists : new boolean[] {false, true}) {
            List<String> options = ownLists ? ownLists(folder) : List.of();
            if (ownLists) {
                aptGet(folder, options, "update");
            }
            for (String name : packages) {
                Run run = aptGet(folder, options, "download", name);
                if (run.notFound()) {
                    return ": there is no apt-get here";
                }
                if (run.ok() && unpack(folder)) {
                    return "";
                }
                said = ": " + run.output().strip();
            }
        }
        return said;
    }

    private static List<String> ownLists(Path folder) throws IOException {
        Path lists = Files.createDirectories(folder.resolve("apt/lists/partial")).getParent();
        Path archives = Files.createDirectories(folder.resolve("apt/archives/partial"));
        return List.of(
                "-o",
                "Dir::State::Lists=" + lists,
                "-o",
                "Dir::Cache=" + archives.getParent().getParent());
    }

    private static Run aptGet(Path folder, List<String> options, String... command) {
        // as root apt-get would change to a user who may not write here
        List<String> line =
                Stream.of(
                                List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root"),
                                options,
                                List.of(command))
                        .flatMap(List::stream)
                        .toList();
        return Run.of(folder, line);
    }

    private static boolean unpack(Path folder) throws IOException {
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(folder, "*.deb")) {
            for (Path file : packages) {
                return Run.of(folder, List.of("dpkg-deb", "-x", file.toString(), folder.toString()))
                        .ok();
            }
        }
        return false;
    }

    /**
     * Files of that name or a name it begins: Debian 13 calls libaio.so.1 libaio.so.1t64 and it is
     * the same library.
     */
    static List<Path> find(String library, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(library))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
