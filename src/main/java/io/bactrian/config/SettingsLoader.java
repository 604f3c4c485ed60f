package io.bactrian.config;

import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads settings: the command line wins over the environment, that over the file, that over what is
 * built in.
 */
public final class SettingsLoader {
    /** The file that is looked for. */
    public static final String FILE = "application.properties";

    private static final int MOST_OF_FILE = 1 << 20;

    private final Path workingDirectory;
    private final Path home;
    private final Map<String, String> environment;

    /**
     * @param home folder of the launcher, or null where there is none
     * @param environment variables by name
     */
    public SettingsLoader(Path workingDirectory, Path home, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    /**
     * A loader of this process: its folder, its variables, and the launcher's folder {@code
     * -Dbactrian.home}.
     */
    public static SettingsLoader ofProcess() {
        String home = System.getProperty("bactrian.home");
        return new SettingsLoader(
                Path.of(""), home == null ? null : Path.of(home), System.getenv());
    }

    /**
     * Reads and checks everything.
     *
     * @param file the file to read instead of the one that is looked for, or null
     * @param commandLine values by key
     * @throws ConfigException for a key that is unknown, a value that is impossible, a file that
     *     cannot be read
     */
    public LoadedSettings load(Path file, Map<String, String> commandLine) {
        Path found = file != null ? file : find();
        GivenSettings given = new GivenSettings();
        if (found != null) {
            given.put(read(found), found.toString());
        }
        given.putEnvironment(environment);
        given.put(commandLine, "command line");
        return new SettingsBuilder(given, found).build();
    }

    private Path find() {
        return Stream.of(workingDirectory, home)
                .filter(folder -> folder != null)
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(SmallFile.read(file, MOST_OF_FILE)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    file.toString(),
                    "cannot be read: " + FileErrors.reason(e),
                    "name a file of lines key=value in UTF-8 with --config",
                    e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
