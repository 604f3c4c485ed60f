package io.bactrian.web;

import io.bactrian.config.LoadedSettings;
import io.bactrian.error.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Properties;

/**
 * What routes of a site may refer to as {@code {{key}}}: settings, but no secret, and whatever else
 * its file of settings has. Keys that start with {@code camel.} are Camel's.
 */
final class SiteProperties {
    private static final String OURS = "bactrian.";

    private SiteProperties() {}

    static Properties of(LoadedSettings loaded) {
        Properties properties = new Properties();
        if (loaded.file() != null) {
            try (Reader reader = Files.newBufferedReader(loaded.file())) {
                properties.load(reader);
            } catch (IOException e) {
                throw new ConfigException(
                        loaded.file().toString(), "cannot be read: " + e.getMessage(), "", e);
            }
        }
        properties.keySet().removeIf(key -> key.toString().startsWith(OURS));
        loaded.effective().stream()
                .filter(s -> !s.value().equals("***"))
                .forEach(s -> properties.setProperty(s.key(), s.value()));
        properties.setProperty("bactrian.source", loaded.settings().source());
        properties.setProperty("bactrian.target", loaded.settings().target());
        long interval = loaded.settings().sync().interval().toSeconds();
        // a timer that is off still wants a period
        properties.setProperty("bactrian.sync.period", Math.max(1, interval) + "s");
        properties.setProperty("bactrian.sync.automatic", String.valueOf(interval > 0));
        return properties;
    }
}
