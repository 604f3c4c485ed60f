package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.state.Progress;
import java.time.Instant;

/**
 * What a verb is handed for one call.
 *
 * @param confirm asks before something is changed
 * @param ending is told what stops the work in hand
 */
record RunContext(
        String runId,
        Instant startedAt,
        LoadedSettings loaded,
        Progress progress,
        Confirmation confirm,
        Ending ending) {

    Settings settings() {
        return loaded.settings();
    }
}
