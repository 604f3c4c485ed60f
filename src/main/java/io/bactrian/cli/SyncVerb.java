package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.sql.Database;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Sides;

/** A verb that looks at both databases of a pair, or prepares them, without a round. */
abstract class SyncVerb extends Verb {
    private static final int SESSIONS = 4;

    @Override
    protected final Answer run(RunContext context) {
        Settings settings = context.settings();
        try (Database local = open(settings, settings.source());
                Database remote = open(settings, settings.target())) {
            context.ending()
                    .stopWith(
                            () -> {
                                local.abort();
                                remote.abort();
                            });
            return run(context, new Sides(local, remote));
        }
    }

    private static Database open(Settings settings, String name) {
        return Database.open(settings.database(name), SESSIONS, settings.connectionTimeout());
    }

    static Catalog catalog(RunContext context, Sides sides) {
        Settings settings = context.settings();
        return new Catalog(sides, settings.tables(), settings.sync().capture());
    }

    /** Does the work. */
    abstract Answer run(RunContext context, Sides sides);
}
