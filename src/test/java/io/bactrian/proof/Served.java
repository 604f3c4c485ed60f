package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.law.Child;
import io.bactrian.state.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The daemon in a JVM of its own, and what it answers to bytes as they are. */
record Served(Child child, int port) implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://[^:]+:(\\d+)");
    private static final int PATIENCE = 20_000;

    static Served start(Act.Stage stage) {
        stage.twin().with("http.port", 0);
        Child child = stage.start(List.of("run"));
        child.await("it listens", () -> LISTENING.matcher(child.said()).find());
        Matcher told = LISTENING.matcher(child.said());
        assertThat(told.find()).isTrue();
        return new Served(child, Integer.parseInt(told.group(1)));
    }

    /** An answer, whatever its length is told by. */
    record Reply(int status, String text) {
        /** The JSON behind the head. */
        JsonNode json() {
            int begin = text.indexOf('{', text.indexOf("\r\n\r\n"));
            assertThat(begin).as("JSON in " + text).isPositive();
            try {
                return Json.mapper().readTree(text.substring(begin, text.lastIndexOf('}') + 1));
            } catch (JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    /** Sends a request, which asks for the connection to be closed, and reads to its end. */
    Reply send(byte[] request) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE);
            try {
                socket.getOutputStream().write(request);
                socket.getInputStream().transferTo(all);
            } catch (java.net.SocketException e) {
                // it answered and closed before all was sent
                assertThat(all.size()).as(e.getMessage()).isPositive();
            }
        }
        String text = all.toString(StandardCharsets.UTF_8);
        assertThat(text).matches("(?s)HTTP/1\\.[01] \\d{3}.*");
        return new Reply(Integer.parseInt(text.substring(9, 12)), text);
    }

    static byte[] request(String method, String path, String headers, byte[] body) {
        byte[] head =
                (method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + headers
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    Reply get(String path) throws IOException {
        return send(request("GET", path, "", new byte[0]));
    }

    Reply post(String path, String type, byte[] body) throws IOException {
        return send(request("POST", path, "Content-Type: " + type + "\r\n", body));
    }

    @Override
    public void close() {
        child.close();
    }
}
