package io.bactrian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program in a JVM of its own: the jar, with its classes archived as the launcher does it,
 * where it was packaged after they were compiled; else what Maven compiled.
 */
public final class Program {
    private static final String MAIN = "io.bactrian.cli.Bactrian";
    private static final Path JAR = Path.of("target/bactrian.jar").toAbsolutePath();
    private static final Path ARCHIVE = Path.of("target/tests.jsa").toAbsolutePath();
    private static final List<String> CLASSES = classes();

    private Program() {}

    /**
     * The words that start it, those that say what it is to do left out.
     *
     * @param options for Java
     */
    public static List<String> words(String... options) {
        return wordsOf(MAIN, options);
    }

    /** The same by another {@code main}, which may be one of the tests'. */
    public static List<String> wordsOf(String main, String... options) {
        return words(main, main.equals(MAIN) ? CLASSES : compiled(), options);
    }

    private static List<String> words(String main, List<String> classes, String... options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // a start is most of what they do
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(options));
        words.addAll(classes);
        words.add(main);
        return words;
    }

    private static List<String> compiled() {
        String path = System.getProperty("java.class.path");
        return List.of("-cp", System.getProperty("surefire.test.class.path", path));
    }

    private static List<String> classes() {
        try {
            if (!isPackaged()) {
                return compiled();
            }
            archive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-cp", JAR.toString());
    }

    private static boolean isPackaged() throws IOException {
        if (!Files.exists(JAR)) {
            return false;
        }
        FileTime packaged = Files.getLastModifiedTime(JAR);
        try (Stream<Path> classes = Files.walk(Path.of("target/classes"))) {
            return classes.noneMatch(f -> isAfter(f, packaged));
        }
    }

    private static boolean isAfter(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void archive() throws IOException, InterruptedException {
        Path logs = Files.createTempDirectory("archive");
        List<String> words =
                words(
                        "io.bactrian.cli.ClassArchive",
                        List.of("-cp", JAR.toString()),
                        "-XX:ArchiveClassesAtExit=" + ARCHIVE);
        words.addAll(List.of("analyze", "--json", "--config", "/dev/null"));
        words.addAll(List.of("--set", "bactrian.retry-attempts=1"));
        words.addAll(List.of("--set", "bactrian.log.dir=" + logs));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectOutput(logs.resolve("out").toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "MYSQL_LOCAL_HOST", "127.0.0.1",
                                "MYSQL_LOCAL_PORT", "1",
                                "MYSQL_REMOTE_HOST", "127.0.0.1"));
        Process process = builder.start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("classes are not archived: " + logs);
        }
    }
}
