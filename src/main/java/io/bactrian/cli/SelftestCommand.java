package io.bactrian.cli;

import io.bactrian.config.Settings;
import io.bactrian.error.DataException;
import io.bactrian.route.Pipelines;
import io.bactrian.sql.ScratchTable;
import io.bactrian.sync.Sides;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "selftest",
        description = {
            "Tries sync on the two databases themselves, with a table it makes and takes away again.",
            "A pair that syncs already goes on doing so; one that does not is as it was afterwards."
        },
        footer = {
            "",
            "Without an option it tries all. What a selftest leaves that is cut off the next one takes away.",
            "",
            "Examples:",
            "  bactrian selftest --yes",
            "  bactrian selftest --setup --conflict --json --yes"
        })
final class SelftestCommand extends SyncVerb {
    @Option(names = "--setup", description = "Control tables and triggers.")
    private boolean setup;

    @Option(names = "--local-to-remote", description = "Changes of the local database.")
    private boolean localToRemote;

    @Option(names = "--remote-to-local", description = "Changes of the remote database.")
    private boolean remoteToLocal;

    @Option(names = "--conflict", description = "Rows that both change, by each strategy.")
    private boolean conflict;

    @Option(names = "--all", description = "All of these (default).")
    private boolean all;

    /** The fields of the JSON document. */
    record Done(List<SelftestSteps.Step> steps) {}

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String howToGoOn() {
        return "the next `bactrian selftest` takes away what this one left";
    }

    @Override
    Answer run(RunContext context, Sides sides) {
        Settings settings = context.settings();
        context.confirm()
                .require(
                        "make the table "
                                + ScratchTable.NAME
                                + " in "
                                + settings.database(settings.source())
                                + " and "
                                + settings.database(settings.target())
                                + ", sync it, and take it away again?");
        SelftestSteps steps = new SelftestSteps(context.out());
        try (Pipelines pipelines = context.ownPipelines(settings)) {
            new Selftest(context.runId(), settings, sides, pipelines, steps).run(wanted());
        }
        List<SelftestSteps.Step> done = steps.done();
        long failed = done.stream().filter(s -> !s.ok()).count();
        String count = done.size() + " steps, " + failed + " failed";
        return failed == 0
                ? Answer.ok(new Done(done), "\n" + count)
                : Answer.failed(
                        new Done(done),
                        "\n" + count,
                        new DataException(
                                "selftest",
                                count,
                                "`bactrian check` tells of privileges and settings that are missing"));
    }

    private Set<Selftest.Part> wanted() {
        Set<Selftest.Part> parts = EnumSet.noneOf(Selftest.Part.class);
        if (setup) {
            parts.add(Selftest.Part.SETUP);
        }
        if (localToRemote) {
            parts.add(Selftest.Part.LOCAL_TO_REMOTE);
        }
        if (remoteToLocal) {
            parts.add(Selftest.Part.REMOTE_TO_LOCAL);
        }
        if (conflict) {
            parts.add(Selftest.Part.CONFLICT);
        }
        return all || parts.isEmpty() ? EnumSet.allOf(Selftest.Part.class) : parts;
    }
}
