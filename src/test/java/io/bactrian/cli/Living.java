package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.tools.attach.VirtualMachine;
import io.bactrian.state.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** {@code bactrian run} in a JVM of its own, and calls over HTTP. */
record Living(Child child, URI address, HttpClient http) implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

    /** Starts it on a free port, with the routes that come with Bactrian. */
    static Living start(Path dir, Scene scene, String... options) throws Exception {
        Path routes = Files.createDirectories(dir.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Path copy = routes.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        List<String> words = new ArrayList<>(List.of("run", "--set", "bactrian.http.port=0"));
        for (String option : options) {
            words.add("--set");
            words.add(option);
        }
        Child child = scene.start(words.toArray(String[]::new));
        Scene.await(
                "it listens",
                () -> child.text(child.out()).contains("\n") || !child.process().isAlive());
        Matcher told = LISTENING.matcher(child.text(child.out()));
        assertThat(told.find()).as(child.text(child.err())).isTrue();
        return new Living(child, URI.create(told.group(1)), HttpClient.newHttpClient());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    /** A call written as {@code POST /api/runs}. */
    HttpRequest.Builder to(String call, String body) {
        String[] words = call.split(" ");
        return to(words[1])
                .header("Content-Type", "application/json")
                .method(
                        words[0],
                        words[0].equals("GET")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        Contract.requireKept(response);
        return response;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    /** The document at a path that is there. */
    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.mapper().readTree(response.body());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(
                to(path).header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    /** Starts a run, and returns its id. */
    String run(String json) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/api/runs", json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        String id = Json.mapper().readTree(response.body()).path("run_id").asText();
        assertThat(response.headers().firstValue("Location")).contains("/api/runs/" + id);
        return id;
    }

    /** The run when it has ended. */
    JsonNode ended(String id) throws IOException, InterruptedException {
        Scene.await("run " + id + " ends", () -> !result(id).equals("running"));
        return json("/api/runs/" + id);
    }

    private String result(String id) {
        try {
            return json("/api/runs/" + id).path("result").asText();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What jconsole does: connects to the process, and looks at its beans. */
    <T> T overJmx(Function<MBeanServerConnection, T> work) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(child.process().pid()));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(
                        new JMXServiceURL(machine.startLocalManagementAgent()))) {
            return work.apply(connector.getMBeanServerConnection());
        } finally {
            machine.detach();
        }
    }

    /** What it told on standard error. */
    String err() {
        return child.text(child.err());
    }

    /** Stops it as an operator does, and returns what it printed. */
    Cli stop() throws IOException, InterruptedException {
        child.signal("TERM");
        return child.end(60);
    }

    @Override
    public void close() {
        child.close();
    }
}
