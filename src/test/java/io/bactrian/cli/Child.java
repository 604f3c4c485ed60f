package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a JVM of its own. */
record Child(Process process, Path out, Path err) implements AutoCloseable {
    private static final String[] OPTIONS = {
        "-Xms24m", "-Xmx256m", "-XX:MinHeapFreeRatio=15", "-XX:MaxHeapFreeRatio=30"
    };

    /**
     * @param main by which it is started
     */
    static Child start(Path dir, Class<?> main, List<String> args) throws IOException {
        List<String> command = Program.wordsOf(main.getName(), OPTIONS);
        Path out = Files.createTempFile(dir, "child", ".out");
        Path err = Files.createTempFile(dir, "child", ".err");
        command.addAll(args);
        return new Child(
                new ProcessBuilder(command)
                        .directory(dir.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /** Sends a signal such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** What it printed so far. */
    String text(Path stream) {
        try {
            return Files.readString(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    Cli end(int seconds) throws IOException, InterruptedException {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        Cli cli =
                new Cli(
                        ended ? process.exitValue() : -1,
                        Files.readString(out),
                        Files.readString(err));
        assertThat(ended).as("has ended within " + seconds + " s: " + cli).isTrue();
        return cli;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
