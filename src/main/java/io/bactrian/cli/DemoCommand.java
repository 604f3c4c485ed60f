package io.bactrian.cli;

import io.bactrian.analyze.Analysis;
import io.bactrian.analyze.Analysis.Status;
import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.config.TableFilter;
import io.bactrian.demo.DemoShop;
import io.bactrian.demo.Folders;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.AnalyzeStep;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.VerifyStep;
import io.bactrian.state.Failure;
import io.bactrian.verify.Naming;
import io.bactrian.web.Daemon;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Shows all of it with a small shop on two servers that live as long as it runs.",
            "The target is made equal, damaged, repaired, and put back after a failure; then both sides change, and sync.",
            "Needs no database and no settings."
        },
        footer = {
            "",
            "The first time it fetches MySQL; later it takes some seconds.",
            "",
            "Examples:",
            "  bactrian demo",
            "  bactrian demo --keep"
        })
final class DemoCommand extends Verb {
    /** Of a definition people are shown no more characters than this. */
    private static final int SHORT = 28;

    @Option(
            names = "--keep",
            description =
                    "Leave both servers up until Ctrl-C, with a daemon that syncs them, and its dashboard.")
    private boolean keep;

    /** Where one of the two databases is. */
    private record Place(String address, String user, String schema) {
        static Place of(DatabaseSettings d) {
            return new Place(d.host() + ":" + d.port(), d.user(), d.database());
        }
    }

    @Override
    protected Answer run(RunContext context) throws IOException {
        PrintWriter out = context.out();
        DemoSteps steps = new DemoSteps(out);
        DemoShop shop =
                steps.prepare(
                        "Starting two MySQL servers and making a shop on both",
                        () -> DemoShop.create(MySqlPair.shared()));
        Path backups = Files.createTempDirectory("bactrian-demo");
        LoadedSettings loaded =
                shop.settings(context.settings().log().dir(), backups, port(context.settings()));
        Settings settings = loaded.settings();
        out.printf(
                "  source: %s%n  target: %s, which has drifted%n",
                settings.database("local"), settings.database("remote"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", Place.of(settings.database("local")));
        fields.put("target", Place.of(settings.database("remote")));
        try (Pipelines pipelines = context.ownPipelines(settings)) {
            Job look =
                    Job.of(context.runId(), "local", "remote", TableFilter.ALL)
                            .naming(new Naming(5, true));
            steps.say(show(steps, pipelines, shop, look), List.of());
            String proven;
            try (DemoSync sync = new DemoSync(steps, pipelines, shop, settings, look)) {
                sync.show();
                proven = prove(steps, pipelines, look, "Are both databases equal again?");
            }
            steps.say(proven, List.of());
            fields.put("equal", true);
            fields.put("proven", proven);
            fields.put("steps", steps.done());
        } finally {
            if (!keep) {
                Folders.delete(backups);
            }
        }
        if (keep) {
            stay(loaded, backups, fields, out);
            out.printf("%n%s%n", connecting(shop));
            out.flush();
        }
        return Answer.ok(fields, "");
    }

    /** Goes through all steps; returns what is proven at the end. */
    private static String show(DemoSteps steps, Pipelines pipelines, DemoShop shop, Job look) {
        steps.step(
                "analyze",
                "What differs in the structure?",
                () -> pipelines.analyze(look),
                r -> AnalyzeCommand.text(r, SHORT));
        Job replicate = look.droppingExtra(true).copying(Job.Mode.TRUNCATE, false);
        steps.step(
                "replicate --drop-extra --yes",
                "Make the target equal: structure, then rows, then proof.",
                () -> pipelines.replicate(replicate),
                r -> ReplicateCommand.text(r, replicate));
        steps.step(
                "verify",
                "Look again, from the start.",
                () -> pipelines.verify(look),
                VerifyCommand::text);
        steps.say("Now somebody changes the target:", shop.damage());
        steps.step(
                "verify --columns",
                "Which rows are not the same?",
                () -> pipelines.verify(look),
                VerifyCommand::text);
        steps.step(
                "verify --repair --yes",
                "Write these rows, and no others.",
                () -> pipelines.verify(look.repairing(true)),
                VerifyCommand::text);
        steps.say("Now the source changes, and the target cannot take it in:", shop.spoil());
        try {
            steps.step(
                    "replicate --yes",
                    "It fails half way: tables are altered by then.",
                    () -> failure(pipelines, look.copying(Job.Mode.TRUNCATE, false)),
                    e -> "error: " + e.object() + ": " + e.message());
        } finally {
            shop.unspoil();
        }
        steps.say("The source is again as it was. Is the target?", List.of());
        return prove(steps, pipelines, look, "Is the structure still the same?");
    }

    private static String prove(DemoSteps steps, Pipelines pipelines, Job look, String question) {
        AnalyzeStep.Report structure =
                steps.step(
                        "analyze",
                        question,
                        () -> pipelines.analyze(look),
                        r -> AnalyzeCommand.text(r, SHORT));
        VerifyStep.Report rows =
                steps.step(
                        "verify",
                        "And the rows?",
                        () -> pipelines.verify(look),
                        VerifyCommand::text);
        return proof(structure.analysis(), rows);
    }

    private static Failure failure(Pipelines pipelines, Job job) {
        try {
            pipelines.replicate(job);
        } catch (ReplicationException e) {
            return Failure.of(e);
        }
        throw new DataException(
                "demo", "a replication that had to fail did not", "this is a mistake in Bactrian");
    }

    private static String proof(Analysis structure, VerifyStep.Report rows) {
        if (!structure.equal() || !rows.equal()) {
            throw new DataException(
                    "demo", "ends with a target that differs", "this is a mistake in Bactrian");
        }
        Map<String, Long> objects =
                structure.objects().stream()
                        .filter(o -> o.status() == Status.EQUAL && !o.type().equals("DATABASE"))
                        .collect(
                                Collectors.groupingBy(
                                        o -> o.type().toLowerCase(Locale.ROOT),
                                        LinkedHashMap::new,
                                        Collectors.counting()));
        return "Proven equal: "
                + rows.tables().size()
                + " tables with "
                + Units.count(
                        rows.tables().stream().mapToLong(VerifyStep.TableReport::sourceRows).sum())
                + " rows, "
                + objects.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey() + (e.getValue() > 1 ? "s" : ""))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String connecting(DemoShop shop) {
        Map<String, String> e = shop.environment();
        String variables =
                e.entrySet().stream()
                        .map(v -> v.getKey() + "=" + (isSecret(v) ? "..." : v.getValue()))
                        .collect(Collectors.joining(" "));
        return "Both servers stay up until Ctrl-C. In another terminal:\n  export "
                + variables.replace(" MYSQL_REMOTE_HOST", "\n  export MYSQL_REMOTE_HOST")
                + "\n  ./bactrian verify\n  ./bactrian sync --yes";
    }

    /** The port that is set, or a free one where another program has it. */
    private static int port(Settings settings) {
        return Daemon.isFree(settings.http()) ? settings.http().port() : 0;
    }

    /** Starts a daemon on both databases, which goes with the program, and so do the backups. */
    private static void stay(
            LoadedSettings loaded, Path backups, Map<String, Object> fields, PrintWriter out) {
        Daemon daemon = Daemon.start(loaded);
        MySqlServer.beforeTheEnd(
                () -> {
                    daemon.close();
                    try {
                        Folders.delete(backups);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        fields.put("dashboard", daemon.address().toString());
        out.printf(
                "%nThe dashboard is at %s; a daemon syncs both databases every 5 seconds.%n",
                daemon.address());
    }

    private static boolean isSecret(Map.Entry<String, String> variable) {
        return variable.getKey().endsWith("PASSWORD") && !variable.getValue().isEmpty();
    }

    @Override
    protected void linger() throws InterruptedException {
        if (keep) {
            // Ctrl-C ends the program, and its end the servers
            new CountDownLatch(1).await();
        }
    }
}
