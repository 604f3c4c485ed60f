package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.state.Progress;
import java.time.Instant;

/**
 * What a verb is handed for one call.
 *
 * @param confirm asks before something is changed
 */
record RunContext(
        String runId,
        Instant startedAt,
        LoadedSettings loaded,
        Progress progress,
        Confirmation confirm) {

    Settings settings() {
        return loaded.settings();
    }
}
