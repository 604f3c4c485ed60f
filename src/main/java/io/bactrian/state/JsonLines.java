package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.config.FileErrors;
import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in the folder of the logs that only grows, a line of JSON at a time. Several processes may
 * write it at the same time.
 */
final class JsonLines {
    private final Path file;

    /**
     * @param file made, and its folder too, when the first line is written
     */
    JsonLines(Path file) {
        this.file = file;
    }

    /**
     * Adds a line.
     *
     * @throws ConfigException if the file cannot be written
     */
    void append(Object line) {
        byte[] bytes = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        // a process may not wait for a lock that it holds itself
        synchronized (JsonLines.class) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (FileChannel channel =
                                FileChannel.open(
                                        file,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.READ,
                                        StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    channel.position(endOfLastLine(channel));
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            } catch (IOException e) {
                throw new ConfigException(
                        "bactrian.log.dir",
                        "cannot write " + file + ": " + FileErrors.reason(e),
                        "name a folder that can be written, on a disk with room",
                        e);
            }
        }
    }

    /**
     * Where to write: at the end, behind a line break if a line there was cut short by a full disk
     * or a kill.
     */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size == 0 || channel.read(last, size - 1) == 1 && last.get(0) == '\n') {
            return size;
        }
        return size + channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
    }

    /** All lines, oldest first. Those that were cut short are passed over. */
    <T> List<T> read(Class<T> type) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<T> lines = new ArrayList<>();
        try {
            for (String text : Files.readString(file).split("\n")) {
                try {
                    T line = Json.mapper().readValue(text, type);
                    if (line != null) {
                        lines.add(line);
                    }
                } catch (JsonProcessingException e) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new ConfigException(
                    "bactrian.log.dir", "cannot read " + file + ": " + FileErrors.reason(e), "", e);
        }
        return lines;
    }
}
