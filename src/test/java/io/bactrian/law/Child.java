package io.bactrian.law;

import io.bactrian.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a JVM of its own, which can be ended as a power cut would. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @param heap for {@code -Xmx}
     */
    public static Child start(Path folder, Twin twin, String heap, String... arguments) {
        try {
            Path config = Files.write(folder.resolve("child.properties"), twin.lines());
            Path output = Files.createTempFile(folder, "child", ".out");
            List<String> command = Program.words("-Xmx" + heap);
            command.addAll(List.of(arguments));
            command.addAll(List.of("--yes", "--config", config.toString()));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new Child(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so, while the program runs. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(
                        (process.isAlive() ? "too late: " : "it ended before: ") + what + said());
            }
            pause();
        }
    }

    /** Waits until something is so, or the program has ended. */
    void awaitOrEnd(BooleanSupplier condition) {
        while (process.isAlive() && !condition.getAsBoolean()) {
            pause();
        }
    }

    public static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        if (!process.isAlive()) {
            throw new AssertionError("it ended by itself" + said());
        }
        process.destroyForcibly();
        exitCode();
    }

    /** SIGKILL, if it has not ended by itself. Returns whether it had not. */
    boolean killIfAlive() {
        boolean alive = process.isAlive();
        process.destroyForcibly();
        exitCode();
        return alive;
    }

    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** What it printed, on both streams. */
    public String said() {
        try {
            return "\n" + Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
