package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.config.FileErrors;
import io.bactrian.error.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file in the folder of the logs to which lines of JSON are added, and from whose beginning old
 * ones are taken away. Several processes may do so at the same time: who writes holds the lock of
 * the folder's file {@code .lock}.
 */
final class JsonLines {
    private static final int BLOCK = 1 << 16;
    private static final List<String> TIMES = List.of("at", "started_at", "failed_at");

    private final Path file;

    /**
     * @param file made, and its folder too, when the first line is written
     */
    JsonLines(Path file) {
        this.file = file;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // a process may not wait for a lock that it holds itself
        synchronized (JsonLines.class) {
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.resolve(".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                work.run();
            }
        }
    }

    /**
     * Adds a line.
     *
     * @throws ConfigException if the file cannot be written
     */
    void append(Object line) {
        byte[] bytes = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            locked(() -> write(bytes));
        } catch (IOException e) {
            throw new ConfigException(
                    "bactrian.log.dir",
                    "cannot write " + file + ": " + FileErrors.reason(e),
                    "name a folder that can be written, on a disk with room",
                    e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            channel.position(endOfLastLine(channel));
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
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
        List<T> lines = new ArrayList<>();
        new Reader<>(type).more(() -> {}, lines::add);
        return lines;
    }

    /** The last lines, oldest first; only the end of the file is read. */
    <T> List<T> last(Class<T> type, int limit) {
        Deque<T> found = new ArrayDeque<>();
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = in.length();
            byte[] rest = new byte[0];
            while (start > 0 && found.size() < limit) {
                int length = (int) Math.min(BLOCK, start);
                start -= length;
                byte[] block = new byte[length + rest.length];
                in.seek(start);
                in.readFully(block, 0, length);
                System.arraycopy(rest, 0, block, length, rest.length);
                int end = block.length;
                for (int i = end - 1; i >= 0 && found.size() < limit; i--) {
                    if (block[i] == '\n') {
                        line(type, block, i + 1, end).ifPresent(found::addFirst);
                        end = i;
                    }
                }
                rest = Arrays.copyOf(block, end);
            }
            if (start == 0 && found.size() < limit) {
                line(type, rest, 0, rest.length).ifPresent(found::addFirst);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return List.copyOf(found);
    }

    private static <T> Optional<T> line(Class<T> type, byte[] text, int from, int to) {
        try {
            return from >= to
                    ? Optional.empty()
                    : Optional.ofNullable(Json.mapper().readValue(text, from, to - from, type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ConfigException unreadable(IOException e) {
        return new ConfigException(
                "bactrian.log.dir", "cannot read " + file + ": " + FileErrors.reason(e), "", e);
    }

    /** Reads what was added since it last did. */
    final class Reader<T> {
        private final Class<T> type;
        private Object key;
        private long position;

        Reader(Class<T> type) {
            this.type = type;
        }

        /**
         * Gives what is new, oldest first. A line that is not whole yet is left to the next call.
         *
         * @param anew told first if it begins at the beginning: what was read before may be gone
         */
        void more(Runnable anew, Consumer<T> lines) {
            if (!Files.exists(file)) {
                anew.run();
                position = 0;
                return;
            }
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                if (position == 0 || in.length() < position || !now.equals(key)) {
                    anew.run();
                    position = 0;
                    key = now;
                }
                byte[] rest = new byte[0];
                long at = position;
                while (at < in.length()) {
                    int length = (int) Math.min(BLOCK, in.length() - at);
                    byte[] block = Arrays.copyOf(rest, rest.length + length);
                    in.seek(at);
                    in.readFully(block, rest.length, length);
                    at += length;
                    int from = 0;
                    for (int i = rest.length; i < block.length; i++) {
                        if (block[i] == '\n') {
                            line(type, block, from, i).ifPresent(lines);
                            from = i + 1;
                        }
                    }
                    rest = Arrays.copyOfRange(block, from, block.length);
                    position = at - rest.length;
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    /**
     * Takes away what stands before the first line that is not older. Killed at any point, the file
     * is as it was or as it will be.
     */
    void prune(Instant oldest) throws IOException {
        if (!Files.isRegularFile(file) || keptFrom(oldest) == 0) {
            return;
        }
        locked(
                () -> {
                    long from = keptFrom(oldest);
                    Path kept = file.resolveSibling(file.getFileName() + ".kept");
                    try (FileChannel in = FileChannel.open(file);
                            FileChannel out =
                                    FileChannel.open(
                                            kept,
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.TRUNCATE_EXISTING,
                                            StandardOpenOption.WRITE)) {
                        for (long at = from; at < in.size(); ) {
                            at += in.transferTo(at, in.size() - at, out);
                        }
                        out.force(true);
                    }
                    Files.move(
                            kept,
                            file,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                });
    }

    /** Where the first line that is not older begins; the end if there is none. */
    private long keptFrom(Instant oldest) throws IOException {
        long at = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                Optional<Instant> time = time(text);
                if (time.isPresent() && !time.get().isBefore(oldest)) {
                    return at;
                }
                at += text.length() + 1;
            }
        }
        return at;
    }

    /** When a line was written; one that ends a run tells the run's start in its id. */
    private static Optional<Instant> time(String text) {
        try {
            JsonNode line = Json.mapper().readTree(text);
            for (String name : TIMES) {
                if (line.path(name).isTextual()) {
                    return Optional.of(Instant.parse(line.path(name).asText()));
                }
            }
            return RunId.start(line.path("run_id").asText());
        } catch (JsonProcessingException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
