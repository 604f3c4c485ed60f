package io.bactrian.cli;

import io.bactrian.config.Keys;
import io.bactrian.error.ConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that every verb has. */
final class GlobalOptions {
    @Option(names = "--source", paramLabel = "NAME", description = "Database that is read.")
    private String source;

    @Option(names = "--target", paramLabel = "NAME", description = "Database that is written.")
    private String target;

    @Option(
            names = "--tables",
            paramLabel = "GLOBS",
            description = "Comma list of table globs; !glob leaves out.")
    private String tables;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file instead of application.properties.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any bactrian.* setting but a secret; may be repeated.")
    private List<String> set = List.of();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Option(names = "--yes", description = "Do not ask before a database is changed.")
    private boolean yes;

    @Option(names = "--quiet", description = "No progress, and no report of a run that ended well.")
    private boolean quiet;

    @Option(names = "--verbose", description = "What is done, and where an error comes from.")
    private boolean verbose;

    Path config() {
        return config;
    }

    boolean json() {
        return json;
    }

    boolean yes() {
        return yes;
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    /**
     * What the command line sets, by key.
     *
     * @throws ConfigException for a --set that is no KEY=VALUE or would show a secret to everybody
     *     who lists processes
     */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : set) {
            int equals = pair.indexOf('=');
            if (equals < 1 || !pair.startsWith("bactrian.")) {
                throw new ConfigException(
                        "--set",
                        "wants KEY=VALUE with a key that starts with 'bactrian.'",
                        "for example --set bactrian.batch-size=500");
            }
            String key = pair.substring(0, equals).strip();
            if (key.endsWith(".password") || key.equals(Keys.HTTP_TOKEN.name())) {
                throw new ConfigException(
                        key,
                        "is not taken from the command line, where all users of the machine see it",
                        "put it in the environment or in a file");
            }
            settings.put(key, pair.substring(equals + 1));
        }
        put(settings, Keys.SOURCE.name(), source);
        put(settings, Keys.TARGET.name(), target);
        put(settings, Keys.TABLES.name(), tables);
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
