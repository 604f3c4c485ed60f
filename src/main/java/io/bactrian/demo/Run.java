package io.bactrian.demo;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * How a program ended and what it printed, both streams together.
 *
 * @param exit its exit code; 127 if there is no such program
 */
record Run(int exit, String output) {

    private static final int NOT_FOUND = 127;

    /** Runs the command in that folder, without input, to its end. */
    static Run of(Path folder, List<String> command) {
        return of(new ProcessBuilder(command).directory(folder.toFile()));
    }

    static Run of(ProcessBuilder builder) {
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Run(NOT_FOUND, e.getMessage());
        }
        try {
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new ConnectionException(
                    builder.command().get(0),
                    "its output cannot be read: " + e.getMessage(),
                    "",
                    false,
                    e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ConnectionException(
                    builder.command().get(0), "interrupted while it ran", "", false, e);
        }
    }

    boolean ok() {
        return exit == 0;
    }

    boolean notFound() {
        return exit == NOT_FOUND;
    }
}
