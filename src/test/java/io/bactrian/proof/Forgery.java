package io.bactrian.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.bactrian.state.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Does harm to a backup's folder, by chance. */
record Forgery(Path backup, Random random, Path outside) {
    private static final String MANIFEST = "manifest.json";

    /** What may become of one file. */
    enum Harm {
        BIT,
        CUT,
        GROWN,
        EMPTY,
        GONE,
        RENAMED,
        SWAPPED,
        LINK_TO_ITSELF_ELSEWHERE,
        LINK_TO_ANOTHER,
        FOLDER,
        PIPE
    }

    /** Files by name. */
    static Map<String, byte[]> read(Path backup) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(backup)) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    /** One that begins with a folder as it was written. */
    static Forgery of(Path backup, Map<String, byte[]> whole, Random random, Path outside)
            throws IOException {
        try (Stream<Path> files = Files.list(backup)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> file : whole.entrySet()) {
            Files.write(backup.resolve(file.getKey()), file.getValue());
        }
        return new Forgery(backup, random, outside);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Harms a file, and returns its name, and the other one's that took part. */
    List<String> harm(Harm harm) throws IOException {
        List<String> names = new ArrayList<>(read(backup).keySet());
        String name = any(names);
        Path file = backup.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        switch (harm) {
            case BIT -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
            case CUT -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case GROWN ->
                    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)));
            case EMPTY -> Files.write(file, new byte[0]);
            case GONE -> Files.delete(file);
            case RENAMED -> Files.move(file, backup.resolve(name + "x"));
            case SWAPPED -> {
                names.remove(name);
                String second = any(names);
                Path other = backup.resolve(second);
                byte[] others = Files.readAllBytes(other);
                Files.write(file, Arrays.equals(bytes, others) ? new byte[1] : others);
                Files.write(other, bytes);
                return List.of(name, second);
            }
            case LINK_TO_ITSELF_ELSEWHERE -> {
                Path moved = outside.resolve("moved");
                Files.write(moved, bytes);
                link(file, moved);
            }
            case LINK_TO_ANOTHER -> link(file, outside.resolve("canary"));
            case FOLDER -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case PIPE -> {
                Files.delete(file);
                pipe(file);
            }
        }
        return List.of(name);
    }

    private static void link(Path file, Path to) throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, to);
    }

    /** Who opened it would wait for ever. */
    private static void pipe(Path file) throws IOException {
        try {
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts a value of another kind somewhere into the manifest, and returns what and where. */
    String forgeManifest() throws IOException {
        JsonNode manifest = Json.mapper().readTree(backup.resolve(MANIFEST).toFile());
        List<JsonNode> places = new ArrayList<>();
        containers(manifest, places);
        JsonNode place = any(places);
        String where;
        String value = Values.json(random, outside.resolve("canary"));
        JsonNode node = JsonNodeFactory.instance.rawValueNode(new RawValue(value));
        if (random.nextInt(40) == 0) {
            Files.writeString(backup.resolve(MANIFEST), value);
            seal();
            return "all of it: " + Values.shown(value);
        }
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            where = any(names);
            if (random.nextInt(5) == 0) {
                object.remove(where);
                value = "nothing";
            } else {
                object.set(where, node);
            }
        } else {
            ArrayNode array = (ArrayNode) place;
            int at = random.nextInt(array.size());
            where = "[" + at + "]";
            array.set(at, node);
        }
        Files.writeString(backup.resolve(MANIFEST), Json.pretty(manifest));
        seal();
        return where + ": " + Values.shown(value);
    }

    private static void containers(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode() && !node.isEmpty()) {
            found.add(node);
        }
        node.forEach(n -> containers(n, found));
    }

    /**
     * Has a file of rows unpack to this many bytes, with a manifest that has its size and checksum;
     * returns its name.
     */
    String bomb(String compression, long bytes) throws IOException {
        return rewrite(
                compression,
                (text, out) -> {
                    byte[] block = new byte[1 << 20];
                    Arrays.fill(block, (byte) 'a');
                    // up to the first text of the first row
                    out.write(utf8(text.substring(0, text.indexOf("'a'") + 1)));
                    for (long left = bytes; left > 0; left -= block.length) {
                        out.write(block);
                    }
                });
    }

    /** Has a file of rows hold other text, with checksums that fit. */
    void forgeRows(UnaryOperator<String> change) throws IOException {
        rewrite("zstd", (text, out) -> out.write(utf8(change.apply(text))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a file anew, given what it holds. */
    @FunctionalInterface
    private interface Rewriting {
        void write(String text, OutputStream out) throws IOException;
    }

    private String rewrite(String compression, Rewriting rewriting) throws IOException {
        ObjectNode manifest =
                (ObjectNode) Json.mapper().readTree(backup.resolve(MANIFEST).toFile());
        String name = manifest.at("/tables/0/parts/0/file").asText();
        Path file = backup.resolve(name);
        boolean gzip = compression.equals("gzip");
        String text;
        try (InputStream in =
                gzip
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : new ZstdInputStreamNoFinalizer(Files.newInputStream(file))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (OutputStream out =
                gzip
                        ? new GZIPOutputStream(Files.newOutputStream(file))
                        : new ZstdOutputStreamNoFinalizer(Files.newOutputStream(file))) {
            rewriting.write(text, out);
        }
        for (JsonNode entry : manifest.path("files")) {
            if (entry.path("file").asText().equals(name)) {
                ((ObjectNode) entry).put("bytes", Files.size(file)).put("sha256", sha256(file));
            }
        }
        Files.writeString(backup.resolve(MANIFEST), Json.pretty(manifest));
        seal();
        return name;
    }

    /** Writes checksums of all that is there. */
    private void seal() throws IOException {
        StringBuilder sums = new StringBuilder();
        for (String name : read(backup).keySet()) {
            if (!name.equals("SHA256SUMS")) {
                sums.append(sha256(backup.resolve(name))).append("  ").append(name).append('\n');
            }
        }
        Files.writeString(backup.resolve("SHA256SUMS"), sums);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
