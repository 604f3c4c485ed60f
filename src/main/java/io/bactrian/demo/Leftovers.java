package io.bactrian.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders of servers, named by the process that owns them, so that those a killed JVM leaves behind
 * can be removed.
 */
final class Leftovers {

    private static final Pattern NAME = Pattern.compile("bactrian-mysql-(\\d+)-\\d+");
    private static final Set<Path> REMOVED = ConcurrentHashMap.newKeySet();

    private Leftovers() {}

    static Path newFolder(Path parent) throws IOException {
        return Files.createTempDirectory(
                parent, "bactrian-mysql-" + ProcessHandle.current().pid() + "-");
    }

    /**
     * Ends the servers and deletes the folders in {@code parent} whose owner is gone; looks once
     * per JVM.
     */
    static void removeOnce(Path parent) {
        if (REMOVED.add(parent)) {
            remove(parent);
        }
    }

    static void remove(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "bactrian-mysql-*")) {
            for (Path folder : folders) {
                Matcher owner = NAME.matcher(folder.getFileName().toString());
                if (owner.matches()
                        && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()
                        && isOurs(folder)) {
                    endServersIn(folder);
                    Folders.delete(folder);
                }
            }
        } catch (IOException e) {
            System.err.println("cannot remove old servers in " + parent + ": " + e.getMessage());
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
    }

    private static void endServersIn(Path folder) {
        String data = "--datadir=" + folder.toAbsolutePath() + "/";
        ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .filter(
                                                line ->
                                                        line.contains("mysqld")
                                                                && line.contains(data))
                                        .isPresent())
                .forEach(
                        process -> {
                            process.destroyForcibly();
                            process.onExit().join();
                        });
    }
}
