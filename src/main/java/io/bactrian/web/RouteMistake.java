package io.bactrian.web;

import io.bactrian.error.ConfigException;
import io.bactrian.error.ReplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong in a site's routes, and where, as found in what Camel and the compiler say. */
final class RouteMistake {
    /** Where the YAML reader, Camel and the Java compiler say that something is wrong. */
    private static final List<Pattern> PLACES =
            List.of(
                    Pattern.compile(" in file:(\\S+), line (\\d+)"),
                    Pattern.compile("\\(source: (?:file:)?(\\S+?):(\\d+)\\)"),
                    Pattern.compile("^/?(\\S+\\.java):(\\d+): error: ", Pattern.MULTILINE));

    private static final Pattern ROUTE =
            Pattern.compile("create route:? (\\S+?):? .*?\\(source: (?:file:)?([^):]+)\\)");

    private static final Pattern KEY = Pattern.compile("Property with key \\[(.+?)\\] not found");

    private RouteMistake() {}

    /**
     * Why routes do not start: a mistake in one of the files, with its line.
     *
     * @param otherwise what is wrong where none is named
     */
    static ReplicationException of(Exception failure, String otherwise) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && !causes.contains(t); t = t.getCause()) {
            causes.add(t);
        }
        for (Throwable cause : causes) {
            if (cause instanceof ReplicationException ours) {
                return ours;
            }
        }
        String place =
                Stream.<UnaryOperator<String>>of(
                                RouteMistake::told, RouteMistake::ofRoute, RouteMistake::ofKey)
                        .map(find -> last(find, causes))
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .orElse("");
        return new ConfigException(
                place.isEmpty() ? otherwise : SiteRoutes.FOLDER + "/" + place,
                reason(causes),
                place.isEmpty() ? "" : "mend that line and start again",
                failure);
    }

    private static String last(UnaryOperator<String> find, List<Throwable> causes) {
        return causes.stream()
                .map(cause -> find.apply(String.valueOf(cause.getMessage())))
                .reduce("", (before, after) -> after.isEmpty() ? before : after);
    }

    /** File and line that a message names; of several the last, which is where it went wrong. */
    private static String told(String message) {
        String place = "";
        for (Pattern pattern : PLACES) {
            Matcher matcher = pattern.matcher(message);
            while (matcher.find()) {
                String file = matcher.group(1);
                place = file.substring(file.lastIndexOf('/') + 1) + ":" + matcher.group(2);
            }
        }
        return place;
    }

    /** Where the route is written that a message names together with its file. */
    private static String ofRoute(String message) {
        Matcher matcher = ROUTE.matcher(message);
        if (!matcher.find()) {
            return "";
        }
        Path file = Path.of(matcher.group(2));
        Pattern id = Pattern.compile("\\b" + Pattern.quote(matcher.group(1)) + "\\b");
        String line = line(file, l -> id.matcher(l).find());
        return line.isEmpty() ? file.getFileName() + ":1" : line;
    }

    /** Where a setting is asked for that is not there; Camel does not say so of an expression. */
    private static String ofKey(String message) {
        Matcher matcher = KEY.matcher(message);
        if (!matcher.find()) {
            return "";
        }
        String asked = "{{" + matcher.group(1) + "}}";
        return SiteRoutes.read().stream()
                .map(file -> line(file, l -> l.contains(asked)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Name and number of the first such line; empty if there is none. */
    private static String line(Path file, Predicate<String> such) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (such.test(lines.get(i))) {
                    return file.getFileName() + ":" + (i + 1);
                }
            }
        } catch (IOException e) {
            // the file that was loaded a moment ago
        }
        return "";
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
