package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCacheTest {

    @TempDir Path root;

    @Test
    void makesAFolderOnceForAllWhoWantItAtTheSameTime() {
        AtomicInteger fills = new AtomicInteger();
        var contents =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(
                                i ->
                                        new MachineCache(root)
                                                .folder(
                                                        "things",
                                                        folder -> {
                                                            fills.incrementAndGet();
                                                            pause();
                                                            Files.writeString(
                                                                    folder.resolve("thing"),
                                                                    "whole");
                                                        }))
                        .map(folder -> read(folder.resolve("thing")))
                        .toList();

        assertThat(contents).hasSize(8).containsOnly("whole");
        assertThat(fills).hasValue(1);
    }

    @Test
    void keepsNothingOfAFolderThatCouldNotBeFilled() throws IOException {
        MachineCache cache = new MachineCache(root);
        assertThatThrownBy(
                        () ->
                                cache.folder(
                                        "things",
                                        folder -> {
                                            Files.writeString(folder.resolve("thing"), "half");
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("No space left on device");
        assertThat(root.resolve("things")).doesNotExist();

        Path folder =
                cache.folder("things", again -> Files.writeString(again.resolve("thing"), "whole"));
        assertThat(folder.resolve("thing")).hasContent("whole");
    }

    @Test
    void startsAfreshWhereAKilledProcessLeftAHalfFilledFolder() throws IOException {
        Files.createDirectories(root.resolve("things.part"));
        Files.writeString(root.resolve("things.part/old"), "half");

        Path folder =
                new MachineCache(root)
                        .folder(
                                "things",
                                part -> Files.writeString(part.resolve("thing"), "whole"));

        assertThat(folder).isDirectoryContaining(file -> file.endsWith("thing"));
        assertThat(folder.resolve("old")).doesNotExist();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
