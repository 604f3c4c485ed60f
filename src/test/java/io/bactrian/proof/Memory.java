package io.bactrian.proof;

import io.bactrian.law.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says of a program's memory. */
final class Memory {
    private Memory() {}

    /** Resident now; 0 for one that has ended. */
    static long megabytes(Child child) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
