package io.bactrian.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Settings and where each came from.
 *
 * @param file the file that was read, or null
 * @param effective one line a key, in the order of {@link Keys}
 */
public record LoadedSettings(Settings settings, Path file, List<Effective> effective) {

    public LoadedSettings {
        effective = List.copyOf(effective);
    }

    /**
     * One setting as it holds now.
     *
     * @param value as written, or {@code ***} for a secret; empty if there is none
     * @param origin {@code command line}, {@code environment NAME}, a file, or {@code default}
     */
    public record Effective(String key, String value, String origin) {}
}
