package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.route.Extension;
import io.bactrian.route.Pipelines;
import io.bactrian.state.Progress;
import io.bactrian.web.SiteRoutes;
import java.io.PrintWriter;
import java.time.Instant;

/**
 * What a verb is handed for one call.
 *
 * @param extension what the program has that the command is in
 * @param confirm asks before something is changed
 * @param ending is told what stops the work in hand
 * @param out for what people are to read while the work goes on; goes nowhere with --json
 */
record RunContext(
        String runId,
        Instant startedAt,
        LoadedSettings loaded,
        Progress progress,
        Extension extension,
        Confirmation confirm,
        Ending ending,
        PrintWriter out) {

    Settings settings() {
        return loaded.settings();
    }

    /** Starts the routes that the verb calls, those of the site among them; to be closed. */
    Pipelines pipelines() {
        return Pipelines.start(settings(), progress, SiteRoutes.beside(extension, loaded));
    }

    /** The same without a site's, for data that is not the site's. */
    Pipelines ownPipelines(Settings settings) {
        return Pipelines.start(settings, progress);
    }
}
