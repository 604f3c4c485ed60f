package io.bactrian.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory, where one may be mounted. */
record SmallDisk(Path path) implements AutoCloseable {

    static SmallDisk mount(Path dir) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(dir.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=500m", "tmpfs", disk.toString()),
                "a small file system can be mounted (root)");
        return new SmallDisk(disk);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Leaves this much room. */
    Path fill(long room) throws IOException {
        Path ballast = path.resolve("ballast");
        long size = path.toFile().getUsableSpace() - room;
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[1 << 20];
            for (long left = size; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return ballast;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", path.toString());
    }
}
