package io.bactrian.web;

import io.bactrian.config.FileErrors;
import io.bactrian.config.HttpSettings;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ReplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder {@code routes/} of a site: in the working directory, else beside the launcher. */
final class SiteRoutes {
    private static final String FOLDER = "routes";

    /** Where the YAML reader, Camel and the Java compiler say that something is wrong. */
    private static final List<Pattern> PLACES =
            List.of(
                    Pattern.compile(" in file:(\\S+), line (\\d+)"),
                    Pattern.compile("\\(source: (?:file:)?(\\S+?):(\\d+)\\)"),
                    Pattern.compile("^/?(\\S+\\.java):(\\d+): error: ", Pattern.MULTILINE));

    private static final Pattern ROUTE =
            Pattern.compile("create route:? (\\S+?):? .*?\\(source: (?:file:)?([^):]+)\\)");

    private SiteRoutes() {}

    private static Optional<Path> folder() {
        String home = System.getProperty("bactrian.home");
        return Stream.of(Path.of(""), home == null ? null : Path.of(home))
                .filter(folder -> folder != null)
                .map(folder -> folder.resolve(FOLDER).toAbsolutePath())
                .filter(Files::isDirectory)
                .findFirst();
    }

    /**
     * What Camel loads; null if there is no such folder.
     *
     * @throws ConfigException if a file is no list of routes, which Camel would pass over silently
     */
    static String pattern() {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return null;
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(SiteRoutes::require);
        } catch (IOException e) {
            throw new ConfigException(
                    folder.get().toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
        return "file:" + folder.get() + "/*.yaml,file:" + folder.get() + "/*.java";
    }

    private static void require(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigException(
                    file.toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || line.startsWith("---")) {
                continue;
            }
            if (line.startsWith("- ") || line.startsWith("apiVersion:")) {
                return;
            }
            throw new ConfigException(
                    FOLDER + "/" + file.getFileName() + ":" + (i + 1),
                    "is not the beginning of a list of routes: " + line.strip(),
                    "begin with - route:");
        }
    }

    /** Why the daemon does not start: a mistake in one of the files with its line, or the port. */
    static ReplicationException mistake(Exception failure, HttpSettings http) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && !causes.contains(t); t = t.getCause()) {
            causes.add(t);
        }
        for (Throwable cause : causes) {
            if (cause instanceof ReplicationException ours) {
                return ours;
            }
        }
        String place = causes.stream().map(SiteRoutes::place).reduce("", SiteRoutes::later);
        if (place.isEmpty()) {
            place = causes.stream().map(SiteRoutes::ofRoute).reduce("", SiteRoutes::later);
        }
        return new ConfigException(
                place.isEmpty() ? "bactrian run" : FOLDER + "/" + place,
                reason(causes),
                place.isEmpty() ? "" : "mend that line and start again",
                failure);
    }

    private static String later(String before, String after) {
        return after.isEmpty() ? before : after;
    }

    /** File and line that a message names; of several the last, which is where it went wrong. */
    private static String place(Throwable cause) {
        String place = "";
        for (Pattern pattern : PLACES) {
            Matcher matcher = pattern.matcher(String.valueOf(cause.getMessage()));
            while (matcher.find()) {
                String file = matcher.group(1);
                place = file.substring(file.lastIndexOf('/') + 1) + ":" + matcher.group(2);
            }
        }
        return place;
    }

    /** Where the route is written that a message names together with its file. */
    private static String ofRoute(Throwable cause) {
        Matcher matcher = ROUTE.matcher(String.valueOf(cause.getMessage()));
        if (!matcher.find()) {
            return "";
        }
        Path file = Path.of(matcher.group(2));
        try {
            List<String> lines = Files.readAllLines(file);
            Pattern id = Pattern.compile("\\b" + Pattern.quote(matcher.group(1)) + "\\b");
            for (int i = 0; i < lines.size(); i++) {
                if (id.matcher(lines.get(i)).find()) {
                    return file.getFileName() + ":" + (i + 1);
                }
            }
        } catch (IOException e) {
            // the file that was loaded a moment ago
            return "";
        }
        return file.getFileName() + ":1";
    }

    /** What the innermost cause says, without the picture of the line. */
    private static String reason(List<Throwable> causes) {
        String message = String.valueOf(causes.get(causes.size() - 1).getMessage());
        Matcher compiler = Pattern.compile("\\.java:\\d+: error: (.*)(?s:(.*))").matcher(message);
        if (compiler.find()) {
            String symbol =
                    compiler.group(2)
                            .lines()
                            .filter(l -> l.strip().startsWith("symbol:"))
                            .findFirst()
                            .map(l -> " (" + l.strip().replaceAll("\\s+", " ") + ")")
                            .orElse("");
            return compiler.group(1) + symbol;
        }
        List<String> lines =
                message.lines()
                        .filter(l -> !l.isBlank() && !l.startsWith(" "))
                        .map(String::strip)
                        .toList();
        return lines.isEmpty() ? message.strip() : String.join("; ", lines);
    }
}
